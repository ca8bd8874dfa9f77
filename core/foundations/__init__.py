"""What stands under a model: a picture as a vector, a neuron, noise, a network, and the parts of a model."""

from core.foundations.activations import sigmoid
from core.foundations.images import entry_of, place_of, to_feature_vector
from core.foundations.neuron import predict_neuron
from core.foundations.picture_files import Picture, read_picture, shrink

__all__ = [
    "Picture",
    "entry_of",
    "place_of",
    "predict_neuron",
    "read_picture",
    "shrink",
    "sigmoid",
    "to_feature_vector",
]
