"""Moving estimates under every p-loss."""
