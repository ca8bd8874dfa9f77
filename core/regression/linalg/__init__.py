"""Linear algebra that keeps its digits: blocks of rows, quadratic forms, double-double arithmetic."""
