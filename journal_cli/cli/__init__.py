"""The front desk: it reads options, asks a room, shows the answer."""
