"""Charts of the screen Calculus."""
