"""What stands under a model: a picture as a vector, a neuron, noise, a network, and the parts of a model."""

from core.foundations.activations import sigmoid
from core.foundations.neuron import predict_neuron

__all__ = [
    "predict_neuron",
    "sigmoid",
]
