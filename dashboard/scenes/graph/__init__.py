"""A computational graph and its passes."""
