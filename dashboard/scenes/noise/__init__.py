"""The moving normal density."""
