"""A network on a stage."""
