"""Where an entry of X came from, step by step, back to the cell of the file."""
