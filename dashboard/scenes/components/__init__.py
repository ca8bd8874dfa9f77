"""The scenes of what a model is made of: the loop of learning, polynomials, and surfaces of a loss."""
