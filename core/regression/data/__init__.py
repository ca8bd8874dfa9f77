"""What enters a regression: checked arrays, standardised and polynomial features, minibatches, metrics."""
