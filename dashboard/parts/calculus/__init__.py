"""The views of the screen Calculus."""
