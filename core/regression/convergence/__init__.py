"""How a run converges: forecasts, learning rates, the loss surface, the minimum-norm solution."""
