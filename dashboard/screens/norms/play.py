"""The two views with moving norms: they mount the scene, and take over its final values."""

from collections.abc import Mapping
from typing import Any

from core.errors import InputError
from dashboard.scenes.norms.scene import norms_scene
from dashboard.screens.norms.vectors import Vector, typed_vector, vector_text
from dashboard.ui import scenes
from dashboard.visit import settings, state


def play(x: Vector, y: Vector, places: Mapping[str, str], *, ball: bool) -> None:
    """Draw x and y to be moved. `places` are the keys of x, y and the knobs p and, unless `ball`, factor."""
    factor = 1.0 if ball else float(settings.value(places["factor"]))
    scene = norms_scene(x, y, p=float(settings.value(places["p"])), factor=factor, ball=ball)
    key = f"{places['p']}_scene"
    scenes.norms(scene, key, lambda: _take_over(key, places))


def _take_over(key: str, places: Mapping[str, str]) -> None:
    """Take over the values at the end of a movement, as far as they are valid."""
    settled: dict[str, Any] = getattr(state.get(key), "settled", None) or {}
    for name, place in places.items():
        value = settled.get(name)
        if place in settings.KNOBS:
            settings.choose(place, value)
        elif isinstance(value, list) and value and _typed(place) != value:
            state.put(place, vector_text([float(entry) for entry in value]))


def _typed(place: str) -> list[float]:
    """Return the vector in a field, so its text can stay as typed; None if it is not a vector."""
    try:
        entries: list[float] = typed_vector(settings.text(place), "x").tolist()
    except InputError:
        return []
    return entries
