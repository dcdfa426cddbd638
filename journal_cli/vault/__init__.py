"""The locked room: keys, bytes and the encrypted database. It knows nothing of what is written."""
