"""What to tell and to whom: one document model, rendered by formats that compute nothing."""
