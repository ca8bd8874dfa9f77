"""Charts of the screen Train."""
