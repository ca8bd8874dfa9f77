"""A threshold that is dragged over the probabilities of two classes, with the mistakes and their cost."""
