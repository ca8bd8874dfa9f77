"""One neuron."""
