"""What a fit is worth: residuals, leverage, influence, collinearity, confidence intervals."""
