"""What stands under a model: a picture as a vector, a neuron, noise, a network, and the parts of a model."""
