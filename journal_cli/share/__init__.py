"""The post room: what leaves the house, and only what was agreed."""
