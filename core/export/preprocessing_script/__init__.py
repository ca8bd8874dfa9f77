"""A table's reading and its fitted recipe, written as a script of pandas and torch."""
