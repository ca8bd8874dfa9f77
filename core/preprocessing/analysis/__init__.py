"""Lessons on preprocessing: what leaks, where an entry comes from, what is missing, what fills do."""
