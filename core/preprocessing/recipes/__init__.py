"""The plan for a table as data: fit it on training rows, transform a table."""
