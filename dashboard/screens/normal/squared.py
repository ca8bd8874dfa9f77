"""Why the loss is squared: the likelihood of a line under normal noise beside its squared loss."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import streamlit as st

from core.formatting import format_count, format_number
from core.foundations.gaussian_line import LineLikelihood, fit_gaussian_line, line_likelihood
from core.language import _
from core.regression.data.synthetic import make_synthetic
from dashboard.scenes.likelihood.scene import likelihood_scene
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import settings, state

KEY = "normal_squared_scene"
TRUE_SLOPE, TRUE_BIAS = 0.8, 1.0

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Rows:
    """Rows with normal noise, and the one number that is moved: the slope of a line through their centre, or a mean.

    x, y, base and direction are (n,); predictions are base + at · direction, and `best` is the exact optimum of at.
    """

    x: Array
    y: Array
    base: Array
    direction: Array
    best: float
    slope: bool

    def line(self, at: float) -> tuple[float, float]:
        """Return slope and intercept of the predictions."""
        return (at, float(self.base[0]) - at * float(self.x.mean())) if self.slope else (0.0, at)


def draw_squared() -> None:
    """Draw the choices, the rows with both curves, the figures at the optimum, the code and the traps."""
    st.markdown(
        _("Each row is a prediction plus **normal noise**. Move the line: the sum of squares falls exactly where the "
          "likelihood of all rows rises. One slider, one best place.")
    )  # fmt: skip
    with st.container(horizontal=True, vertical_alignment="bottom"):
        controls.either("normal_moves", _("Move"))
        controls.toggle("normal_log", _("Draw the logarithm of the likelihood"))
    columns = st.columns([3, 3, 2], vertical_alignment="bottom")
    with columns[0]:
        controls.slider("normal_rows", _("Rows"))
    with columns[1]:
        controls.slider("normal_sigma", _("Standard deviation σ of the noise"))
    with columns[2]:
        controls.number("normal_seed", _("Seed"))
    rows = make_rows()
    at, sigma = float(settings.value("normal_at")), float(settings.value("normal_sigma"))
    scene = likelihood_scene(
        rows.x,
        rows.base,
        rows.direction,
        rows.y,
        at=at,
        best=rows.best,
        sigma=sigma,
        log=bool(settings.value("normal_log")),
        slope=rows.slope,
    )
    scenes.likelihood(scene, KEY, _take_over)
    examples("normal", _examples())
    best = line_likelihood(rows.x, rows.y, *rows.line(rows.best), sigma)
    _figures(rows, best)
    st.markdown(_verdict(best))
    st.caption(
        _("It takes for granted: the prediction has the right form, and the noise is normal, independent, of one σ for "
          "all rows. Then the maximum does not depend on σ. Next: other noise, other losses.")
    )  # fmt: skip
    lesson.code(code(rows, at, sigma, int(settings.value("normal_seed"))))
    lesson.traps(_traps)


def make_rows() -> Rows:
    """Return the rows of the settings, with the exact optimum of what is moved."""
    count, sigma, seed = (settings.value(f"normal_{name}") for name in ("rows", "sigma", "seed"))
    slope = settings.value("normal_moves") == "slope"
    X, labels = make_synthetic(n=count, weights=[TRUE_SLOPE if slope else 0.0], bias=TRUE_BIAS, noise=sigma, seed=seed)
    x, y = X.numpy().ravel().round(2), labels.numpy().round(2)
    if not slope:
        x = np.arange(1.0, count + 1)
        return Rows(x, y, np.zeros(count), np.ones(count), float(y.mean()), slope)
    return Rows(x, y, np.full(count, y.mean()), x - x.mean(), fit_gaussian_line(x, y).slope, slope)


def _take_over() -> None:
    settled = getattr(state.get(KEY), "settled", None) or {}
    settings.choose("normal_at", settled.get("at"))


def _examples() -> Examples:
    return {
        _("Works: 8 rows"): {"normal_rows": 8, "normal_sigma": 1.0, "normal_log": False},
        _("Fails: the product of 1000 rows"): {"normal_rows": 1000, "normal_sigma": 1.0, "normal_log": False},
        _("Works: its logarithm"): {"normal_rows": 1000, "normal_sigma": 1.0, "normal_log": True},
    }


def product_text(product: float) -> str:
    """Return a product of densities as float64 has it: 0.0 where it underflows."""
    return "0.0" if product == 0 else format_number(product, 4)


def _figures(rows: Rows, best: LineLikelihood) -> None:
    name = _("Exact optimum of the slope") if rows.slope else _("Exact optimum of the mean")
    page.boxes(
        [
            (name, format_number(rows.best, 5), _("By least squares, in closed form.")),
            (_("Squared loss there"), format_number(best.sum_of_squares, 5)),
            (_("Likelihood there, in float64"), product_text(best.product), _("The product of all densities.")),
            (_("Its logarithm"), format_number(best.log_likelihood, 6), _("The sum of the logarithms.")),
        ]
    )


def _verdict(best: LineLikelihood) -> str:
    n, figures = len(best.factors), {"rows": format_count(len(best.factors))}
    if best.zero_from is not None:
        template = _("**The product fails:** even at the optimum it is `0.0` in float64 from row {row} of {rows} on, "
                     "since the smallest number above 0 is 4.9e−324. The logarithm turns the product into a sum, "
                     "which is {log}.")  # fmt: skip
        return template.format(row=format_count(best.zero_from), log=format_number(best.log_likelihood, 6), **figures)
    if np.isinf(best.product):
        return _("**The product fails:** densities above 1 multiply to more than float64 can hold. Its logarithm is "
                 "{log}.").format(log=format_number(best.log_likelihood, 6))  # fmt: skip
    per_row = best.log_likelihood / n
    if per_row >= 0:
        return _("The product of {rows} densities is still a number in float64.").format(**figures)
    limit = int(-745.2 / per_row) + 1  # log of half the smallest number above 0
    template = _("The product of {rows} densities is still a number in float64. With about {limit} rows like these it "
                 "would be `0.0`: that is why programs add logarithms.")  # fmt: skip
    return template.format(limit=format_count(limit), **figures)


def code(rows: Rows, at: float, sigma: float, seed: int) -> str:
    """Return the code for torch: the same rows, and their loss, likelihood and its logarithm at the chosen place."""
    n, (slope, intercept) = len(rows.x), rows.line(at)
    noise = f"{sigma!r} * rng.standard_normal({n})"
    drawn = (
        f"x = rng.standard_normal({n})\ny = {TRUE_SLOPE} * x + {TRUE_BIAS} + {noise}\n"
        if rows.slope
        else f"rng.standard_normal({n})  # the x of the line, not used for a mean\n"
        f"x = np.arange(1.0, {n + 1})\ny = {TRUE_BIAS} + {noise}\n"
    )
    return (
        "import numpy as np\nimport torch\nfrom torch import nn\n\n"
        f"rng = np.random.default_rng({seed})\n{drawn}"
        "x, y = torch.from_numpy(x.round(2)), torch.from_numpy(y.round(2))\n"
        f"predictions = {intercept!r} + {slope!r} * x\n"
        'loss = nn.MSELoss(reduction="sum")(predictions, y)\n'
        f"logs = torch.distributions.Normal(predictions, {sigma!r}).log_prob(y)\n"
        "product, log_likelihood = logs.exp().prod(), logs.sum()\n"
        f"n, sigma = len(y), torch.tensor({sigma!r}, dtype=torch.float64)\n"
        "same = -n / 2 * torch.log(2 * torch.pi * sigma**2) - loss / (2 * sigma**2)\n"
        "print(loss, product, log_likelihood, same)"
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("Mean or sum."),
            _("`nn.MSELoss()` is the mean over the rows, the book's loss is half of it, and the likelihood has the "
              "sum. The best line is the same; the gradient, and so the learning rate, is not."),
            "p, y = torch.tensor([1.0, 2.0, 3.0]), torch.tensor([1.0, 4.0, 7.0])\n"
            "mean = torch.nn.MSELoss()(p, y)\n"
            'total = torch.nn.MSELoss(reduction="sum")(p, y)\n'
            "book = ((p - y) ** 2 / 2).mean()",
            ["mean", "total", "book"],
        ),
        trap(
            _("A product of many small numbers is 0.0."),
            _("In float32 far earlier than in float64. Then its logarithm is −∞, and its gradient is NaN: sum "
              "`log_prob`, and never take the logarithm of the product."),
            "f = torch.distributions.Normal(0.0, 1.0).log_prob(torch.ones(200))\n"
            "product = f.exp().prod()\nlog_of_product = product.log()\nsum_of_logs = f.sum()",
            ["product", "log_of_product", "sum_of_logs"],
        ),
    ]  # fmt: skip
