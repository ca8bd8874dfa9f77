"""Shared by the views of noise: the names of the laws."""

from core.language import _


def law_names() -> dict[str, str]:
    """Return the names of the laws."""
    return {"normal": _("normal"), "laplace": _("Laplace"), "uniform": _("uniform")}
