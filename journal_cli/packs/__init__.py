"""Prompt packs: text files become prompts, sessions and programs, or are refused with a way out."""
