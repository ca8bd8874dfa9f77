"""What stands under a model: a picture as a vector, a neuron, noise, a network, and the parts of a model."""

from core.foundations.network import (
    ACTIVATIONS,
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

__all__ = [
    "ACTIVATIONS",
    "Layer",
    "LayerShapes",
    "NetworkConfig",
    "NetworkPass",
    "NetworkRun",
    "ParameterCount",
    "Parameters",
    "layer_shapes",
    "network_pass",
    "parameter_count",
    "predict_network",
    "start_parameters",
    "train_network",
    "unit_activations",
]
