"""Minibatch stochastic gradient descent, its settings, optimizers and stability."""
