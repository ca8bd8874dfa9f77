"""The closed-form solution, exact to the last digits of float64."""
