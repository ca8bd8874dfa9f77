"""Diagnostics of a fit: residuals, leverage, influence, collinearity, confidence intervals."""
