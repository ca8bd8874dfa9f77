"""The plan for a table as data, what it learns from training rows, and what it makes of a table."""
