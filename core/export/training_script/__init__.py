"""An experiment, written as a script."""
