"""What stands under a model: a picture as a vector, a neuron, noise, a network, and the parts of a model."""

from core.foundations.activations import sigmoid
from core.foundations.images import entry_of, place_of, to_feature_vector
from core.foundations.logistic import LogisticFit, fit_logistic
from core.foundations.network import (
    LAYER_ACTIVATIONS,
    Layer,
    LayerShapes,
    NetworkConfig,
    ParameterCount,
    Parameters,
    layer_shapes,
    parameter_count,
    start_parameters,
)
from core.foundations.network_pass import NetworkPass, network_pass, predict_network, unit_activations
from core.foundations.network_training import NetworkRun, train_network
from core.foundations.neuron import predict_neuron
from core.foundations.picture_files import Picture, read_picture, shrink
from core.foundations.separability import Separability, separability

__all__ = [
    "LAYER_ACTIVATIONS",
    "Layer",
    "LayerShapes",
    "LogisticFit",
    "NetworkConfig",
    "NetworkPass",
    "NetworkRun",
    "ParameterCount",
    "Parameters",
    "Picture",
    "Separability",
    "entry_of",
    "fit_logistic",
    "layer_shapes",
    "network_pass",
    "parameter_count",
    "place_of",
    "predict_network",
    "predict_neuron",
    "read_picture",
    "separability",
    "shrink",
    "sigmoid",
    "start_parameters",
    "to_feature_vector",
    "train_network",
    "unit_activations",
]
