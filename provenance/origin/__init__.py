"""Where machines come from: pieces of evidence gathered and concluded, facet by facet."""
