"""The photographs of scikit-learn, in grey, and arrays as pictures."""

import numpy as np
import numpy.typing as npt

from core.foundations.edges import photograph
from dashboard.ui import controls
from dashboard.visit import settings
from dashboard.visit.cache import cache_resource


@cache_resource(max_entries=4, show_spinner=False)
def photo(name: str) -> npt.NDArray[np.float64]:
    """Return a photograph in grey, (h, w), values from 0 to 1."""
    return photograph(name)


def photo_name() -> str:
    """Return what the chosen photograph shows."""
    return controls.option_names("components_photo")[str(settings.value("components_photo"))]


def as_picture(values: npt.NDArray[np.float64], *, spread: bool = False) -> npt.NDArray[np.uint8]:
    """Return an array (h, w) as grey levels: black is 0 and white 1, or with `spread` the smallest and largest."""
    low, high = (float(values.min()), float(values.max())) if spread else (0.0, 1.0)
    share = (values - low) / ((high - low) or 1.0)
    return np.round(255 * np.clip(share, 0, 1)).astype(np.uint8)
