"""Waivers: what somebody with the right to do so accepts for a time, for a reason, on the record."""
