"""The views of Experiments, one module each with `draw(problem, how)`."""
