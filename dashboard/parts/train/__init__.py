"""What the Train screen is made of: the knobs on the left, and the views."""
