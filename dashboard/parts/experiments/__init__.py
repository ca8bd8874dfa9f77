"""The views of Experiments, one module each."""
