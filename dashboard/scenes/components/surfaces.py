"""The scene of a bowl beside a surface with several minima."""

from dataclasses import dataclass
from typing import Any

from core.formatting import format_percent
from core.foundations.loss_surfaces import Minima, Surface
from core.language import _
from dashboard.scenes.components.words import player_words

Starts = list[list[float]]  # in shares of the picture, across and up

WITHIN = 0.05  # of a minimum: an end as near as this has reached it


@dataclass(frozen=True, eq=False)
class Shown:
    """A surface to draw: what it is called, its exact minima, and the minimum that each start of a grid reaches.

    `key` names it, `axes` its two parameters, `symbols` them in short, `formula` has {u} and {v} for their values.
    `basins` has the position of a minimum, or -1, for each start of a square grid, in rows from the lowest.
    """

    key: str
    title: str
    surface: Surface
    minima: Minima
    basins: list[int]
    axes: tuple[str, str]
    symbols: tuple[str, str]
    formula: str


def surfaces_scene(bowl: Shown, many: Shown, starts: tuple[Starts, Starts], rate: float, steps: int) -> dict[str, Any]:
    """Return the scene of both surfaces with these starts; descents are computed in the browser."""
    return {
        "kind": "surfaces",
        "rate": rate,
        "steps": steps,
        "surfaces": [_surface(shown, own) for shown, own in zip((bowl, many), starts, strict=True)],
        "words": _words(),
    }


def _surface(shown: Shown, starts: Starts) -> dict[str, Any]:
    surface, minima = shown.surface, shown.minima
    count = max(len(shown.basins), 1)
    return {
        "key": shown.key,
        "title": shown.title,
        "kind": surface.kind,
        "x": surface.X[:, 0].tolist(),
        "other": surface.X[:, 1].tolist(),
        "y": surface.y.tolist(),
        "low": surface.low.tolist(),
        "high": surface.high.tolist(),
        "axes": list(shown.axes),
        "symbols": list(shown.symbols),
        "formula": shown.formula,
        "within": WITHIN,
        "basins": shown.basins,
        "starts": starts,
        "minima": [
            {
                "place": place.tolist(),
                "loss": float(loss),
                "share": format_percent(shown.basins.count(number) / count, 1),
            }
            for number, (place, loss) in enumerate(zip(minima.places, minima.losses, strict=True))
        ],
    }


def _words() -> dict[str, str]:
    return player_words() | {
        "label": _("Two surfaces of a loss, and gradient descent on them"),
        "scrubber": _("Update"),
        "position": _("update {step} of {last}"),
        "first": _("To the starts"),
        "last": _("To the last update"),
        "showBasins": _("Colour by the minimum that is reached"),
        "bands": _("Bluer is lower: each band holds as many places. Diamonds are the exact minima, the lowest is 1."),
        "basins": _("The colour and the number of a place say which minimum descent from there reaches; without colour "
                    "it reaches none in these updates."),
        "loss": _("start {start}, update {step}: loss {loss}"),
        "ends": _("Starts and the minima they reach:"),
        "none": _("none"),
        "reaches": _("Start {start} reaches minimum {minimum}, loss {loss}."),
        "nowhere": _("Start {start} has reached no minimum yet."),
        "best": _("{best} of {starts} starts reach the lowest loss."),
        "minimum": _("Minimum"),
        "lossHead": _("loss"),
        "shareHead": _("starts that lead there"),
        "minimaTitle": _("The exact minima: descent from many starts, then Newton's method to the last digits"),
        "hint": _("Drag the starts. By keyboard: focus a picture, arrows move the chosen start, Enter chooses the next "
                  "one, Space plays."),
    }  # fmt: skip
