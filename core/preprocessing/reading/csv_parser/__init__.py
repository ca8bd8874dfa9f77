"""From the text of a table to its columns."""
