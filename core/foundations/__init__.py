"""What stands under a model: a picture as a vector, a neuron, noise, a network, and the parts of a model."""

from core.foundations.logistic import LogisticFit, fit_logistic
from core.foundations.separability import Separability, separability

__all__ = ["LogisticFit", "Separability", "fit_logistic", "separability"]
