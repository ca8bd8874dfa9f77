"""Leakage: what happens if the test rows take part in preparing the training rows."""
