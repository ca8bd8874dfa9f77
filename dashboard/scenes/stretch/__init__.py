"""A vector that is turned, and what a matrix makes of it."""
