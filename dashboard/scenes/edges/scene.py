"""The scene of Canny's four steps: a picture for each, and what it did."""

import base64
from io import BytesIO
from typing import Any

import numpy as np
import numpy.typing as npt

from core.formatting import format_count, format_general, format_number, format_percent
from core.foundations.edges import CannySteps
from core.language import _, ngettext

PALE = 0.65  # grey of a ridge above the low threshold only


def edges_scene(steps: CannySteps, sigma: float, low: float, high: float) -> dict[str, Any]:
    """Return the scene of these steps with the blur and the thresholds that led to them."""
    ridges = np.where(steps.strong, 0.0, np.where(steps.weak, PALE, 1.0))
    pictures = [
        steps.blurred,
        1 - steps.slope / (float(steps.slope.max()) or 1.0),
        ridges,
        np.where(steps.found.edges, 0.0, 1.0),
    ]
    frames = _frames(steps, sigma, low, high)
    return {
        "frames": [
            {"title": title, "text": text, "png": as_file(picture)}
            for (title, text), picture in zip(frames, pictures, strict=True)
        ],
        "words": _words(),
    }


def as_file(picture: npt.NDArray[np.float64]) -> str:
    """Return a picture (h, w) with values from 0 (black) to 1 as the address of a PNG that it holds itself."""
    from PIL import Image

    file = BytesIO()
    Image.fromarray(np.round(255 * np.clip(picture, 0, 1)).astype(np.uint8)).save(file, "PNG")
    return "data:image/png;base64," + base64.b64encode(file.getvalue()).decode("ascii")


def _frames(steps: CannySteps, sigma: float, low: float, high: float) -> list[tuple[str, str]]:
    strong, weak, kept = (int(part.sum()) for part in (steps.strong, steps.weak, steps.found.edges))
    numbers = {
        "sigma": format_general(sigma), "low": format_general(min(low, high)), "high": format_general(high),
        "most": format_number(float(steps.slope.max()), 3),
        "share": format_percent(float((steps.slope >= min(low, high)).mean()), 1),
        "strong": format_count(strong), "pale": format_count(weak - strong), "kept": format_count(kept),
        "joined": format_count(kept - strong), "left": format_count(weak - kept),
        "pieces": format_count(steps.found.pieces),
    }  # fmt: skip
    texts = [
        _("Each pixel becomes a mean of its surroundings, with σ = {sigma} pixels. What is smaller goes."),
        _("The darker, the steeper: Sobel's sums are up to {most}, and {share} of the pixels reach the low threshold, "
          "{low}."),
        _("Of the steep pixels those remain that are steepest across the edge: {strong} reach {high} (black), {pale} "
          "only {low} (grey)."),
        ngettext(
            "{joined} grey pixels are joined to a black one and stay, {left} go: {kept} pixels in {pieces} piece.",
            "{joined} grey pixels are joined to a black one and stay, {left} go: {kept} pixels in {pieces} pieces.",
            steps.found.pieces,
        ),
    ]  # fmt: skip
    titles = [_("1 Blur"), _("2 Slope"), _("3 Keep the ridges"), _("4 Join")]
    return [(title, text.format(**numbers)) for title, text in zip(titles, texts, strict=True)]


def _words() -> dict[str, str]:
    return {
        "group": _("Edges after Canny, step by step"),
        "described": _("{title}. {text}"),
        "scrubber": _("Step"),
        "position": _("step {step} of {last}"),
        "first": _("First step"),
        "back": _("Previous step"),
        "play": _("Play"),
        "pause": _("Pause"),
        "forward": _("Next step"),
        "last": _("Last step"),
        "speed": _("Speed"),
        "seconds": _("{count} s per step"),
    }
