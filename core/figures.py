"""The earlier name of `core.formatting.format_number`."""

from core.formatting import format_number as figure

__all__ = ["figure"]
