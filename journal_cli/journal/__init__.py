"""The life: what a journal is made of, as frozen values and their rules. No reading, no writing, no clock."""
