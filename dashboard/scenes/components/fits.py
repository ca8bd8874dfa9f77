"""The scene of polynomials through the same rows: by degree, or by update of gradient descent."""

from typing import Any

import numpy as np

from core.foundations.degrees import DegreeFits
from core.foundations.descent_on_curve import CurveDescent, chebyshev_features
from core.language import _
from core.regression.data.validation import Array
from dashboard.scenes.components.words import player_words

GRID = 120  # points of a drawn curve
MOST_DRAWN = 400  # test rows; more would hide one another
FAR = 1e12  # a value beyond it is drawn at it, outside the picture
Rows = tuple[Array, Array]


def degrees_scene(
    fits: DegreeFits, train: Rows, test: Rows, names: tuple[str, str], frame: int, key: str
) -> dict[str, Any]:
    """Return the scene of the fits of every degree on training rows (x, y), shown at this degree.

    `key` names the problem, `names` are those of the feature and of the label, `test` those of the test error.
    """
    grid = _grid(train, test)
    curves = _near(np.cumsum(_near(fits.basis.at(grid) * fits.coefficients), axis=1)).T
    errors, best = fits.errors, fits.best
    words = {
        "degree": _("degree {degree}"),
        "across": _("degree of the polynomial"),
        "scrubber": _("Degree"),
        "first": _("To degree 0"),
        "last": _("To the highest degree"),
    }  # fmt: skip
    sentences = {
        "under": _("Degree {at}: the test error, {test}, is {times} times that of degree {best}, and the training "
                   "error is high too. The curve is too stiff: it underfits."),
        "chance": _("Degree {at}: the test error, {test}, is {times} times that of degree {best}. With so few rows "
                    "that is chance: another seed draws others."),
        "near": _("Degree {at}: the test error, {test}, is close to the least, that of degree {best}."),
        "over": _("Degree {at}: the training error is down to {train}, yet the test error, {test}, is {times} times "
                   "that of degree {best}. The curve follows the noise: it overfits."),
        "best": _("Degree {at}: the test error is least here, {test}; the training error is {train}."),
    }  # fmt: skip
    words["finding"] = _finding(best, len(errors) - 1)
    scene = _scene("degrees", grid, curves, train, test, names, words)
    return scene | {
        "key": key,
        "labels": errors["degree"].tolist(),
        "trainErrors": _near(errors["train"].to_numpy()).tolist(),
        "testErrors": _near(errors["test"].to_numpy()).tolist(),
        "best": best,
        "sentences": list(sentences.values()),
        "says": [list(sentences).index(fits.judge(degree)) for degree in range(len(errors))],
        "start": min(frame, len(errors) - 1),
        "coefficients": fits.coefficients.tolist(),
        "exact": None,
        "floor": None,
    }


def steps_scene(descent: CurveDescent, train: Rows, test: Rows, names: tuple[str, str], key: str) -> dict[str, Any]:
    """Return the scene of the fits after every recorded update, with the closed form as the exact answer beside."""
    grid, history, best = _grid(train, test), descent.history, descent.best
    curves = _near(descent.curves(grid, np.arange(len(history))))
    fit = descent.run.closed_form
    exact = chebyshev_features(grid, descent.low, descent.high, descent.degree) @ fit.weights.numpy() + fit.bias
    words = {
        "across": _("updates made (0 is drawn at 1)"),
        "scrubber": _("Update"),
        "first": _("To the first update"),
        "last": _("To the last update"),
    }  # fmt: skip
    sentences = {
        "before": _("Update {at}: the test error is {test}. It goes on to fall, and is least after {best} updates, "
                    "{least}."),
        "after": _("Update {at}: the training error is down to {train}, yet the test error, {test}, is {times} times "
                   "what it was after {best} updates. The optimiser does its work better and better, and the model "
                   "gets worse."),
        "best": _("Update {at}: the test error is least here, {test}; the training error is {train}. Early stopping "
                  "would end the run here."),
    }  # fmt: skip
    words["finding"] = _finding(best, len(history) - 1)
    scene = _scene("steps", grid, curves, train, test, names, words)
    return scene | {
        "key": key,
        "labels": history["step"].tolist(),
        "trainErrors": history["loss"].tolist(),
        "testErrors": _near(descent.test_errors).tolist(),
        "best": best,
        "sentences": list(sentences.values()),
        "says": [0 if frame < best else 1 if frame > best else 2 for frame in range(len(history))],
        "start": len(history) - 1,
        "coefficients": [],
        "exact": _near(exact).tolist(),
        "floor": descent.run.closed_form_loss,
    }


def _grid(train: Rows, test: Rows) -> Array:
    every = np.append(train[0], test[0])
    return np.linspace(every.min(), every.max(), GRID)


def _near(values: Array) -> Array:
    """Return values that JSON can hold: what is infinite, or far outside the picture, is drawn far away."""
    return np.clip(np.nan_to_num(values, nan=FAR, posinf=FAR, neginf=-FAR), -FAR, FAR)


def _short(values: Array) -> list[list[float]]:
    """Return rows of numbers with six digits, which is more than can be seen."""
    sizes = np.floor(np.log10(np.maximum(np.abs(values), 1e-300)))
    rounded = [[round(value, 5 - int(size)) for value, size in zip(*pair, strict=True)]
               for pair in zip(values.tolist(), sizes.tolist(), strict=True)]  # fmt: skip
    return rounded


def _finding(best: int, last: int) -> str:
    if best == last:
        return _("Both errors are least at the end: this model does not overfit these rows.")
    if best == 0:
        return _("The test error is least at the very beginning, while the training error falls all the way.")
    return _("The training error falls all the way; the test error falls first, and then rises.")


def _scene(
    kind: str, grid: Array, curves: Array, train: Rows, test: Rows, names: tuple[str, str], words: dict[str, str]
) -> dict[str, Any]:
    shown = slice(None, None, max(len(test[0]) // MOST_DRAWN, 1))
    common = {
        "label": _("Curves through the same rows, one after the other"),
        "fitTitle": _("The rows and the curve"),
        "errorsTitle": _("Training error and test error"),
        "trainRows": _("training rows"),
        "testRows": _("test rows"),
        "curve": _("the curve"),
        "exact": _("the closed form of this degree"),
        "floor": _("training error of the closed form"),
        "trainError": _("training error"),
        "testError": _("test error"),
        "error": _("half the mean squared error"),
        "best": _("least test error"),
        "x": names[0],
        "y": names[1],
        "fitAlt": _("The training rows, the test rows and the curve: {shown}."),
        "hint": _(
            "Drag along the errors, or play. By keyboard: focus a picture, arrows go one step, Space plays. Point at "
            "a term, and the sum up to it is drawn."
        ),
    }
    return {
        "kind": kind,
        "grid": grid.tolist(),
        "curves": _short(curves),
        "train": [train[0].tolist(), train[1].tolist()],
        "test": [test[0][shown].tolist(), test[1][shown].tolist()],
        "words": player_words() | common | words,
    }
