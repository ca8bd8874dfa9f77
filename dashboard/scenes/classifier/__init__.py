"""A neuron that learns two classes: the line in the plane, the loss and the weights, update by update."""
