"""Charts of the screen Compare."""
