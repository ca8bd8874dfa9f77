"""The map of learning problems: three regions, and in them a node for each kind, which opens its miniature."""
