"""Arrivals: what other notebooks wrote, read one entry at a time."""
