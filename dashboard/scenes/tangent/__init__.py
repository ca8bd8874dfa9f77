"""A secant that turns into a tangent."""
