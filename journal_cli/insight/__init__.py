"""The reading room: journal things in, findings out. Pure."""
