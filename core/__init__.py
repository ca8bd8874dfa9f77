"""The subject of Descent Lab: preparing tables, and the numerics of a model that learns. Imports no screen."""

__version__ = "0.1.0"
