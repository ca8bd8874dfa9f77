"""The views of Compare, one module each with `draw(problem, how, result)`."""
