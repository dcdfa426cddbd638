"""The window: journal things and findings as something to read; asking and editing."""
