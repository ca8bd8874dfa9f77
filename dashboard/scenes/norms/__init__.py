"""Moving norms."""
