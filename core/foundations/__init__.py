"""What stands under a model: a picture as a vector, a neuron, noise, a network, and the parts of a model."""

from core.foundations.images import entry_of, place_of, to_feature_vector
from core.foundations.picture_files import Picture, read_picture, shrink

__all__ = ["Picture", "entry_of", "place_of", "read_picture", "shrink", "to_feature_vector"]
