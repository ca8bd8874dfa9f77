"""The laws of noise in steps, one law each: formulas with numbers and tables, whose places light each other."""

import math

import pandas as pd

from core.formatting import format_count, format_number
from core.foundations.densities import LAWS, LawFit, log_density
from core.language import _
from core.regression.data.validation import Array
from dashboard.scenes.twin_tables.scene import Line, Part, Step, TwinTable, number
from dashboard.screens.normal.laws import law_names

SHOWN = 5  # residuals that are listed


def residual_steps(laws: tuple[LawFit, ...], residuals: Array) -> list[Step]:
    """Return a step for each law: its scale and log-likelihood by the residuals (n,), and the first of these."""
    names, fits = law_names(), {fit.law: fit for fit in laws}
    steps = []
    for law in LAWS:
        fit = fits[law]
        table = TwinTable(
            _("Three laws with their likeliest scales"),
            [_("law"), _("scale"), _("log-likelihood per row")],
            [
                [
                    Part(names[each], f"law_{each}", strong=each == law),
                    number(fits[each].scale, f"scale_{each}", strong=each == law),
                    number(fits[each].per_row, f"per_row_{each}", strong=each == law),
                ]
                for each in LAWS
            ],
        )
        rows = TwinTable(
            _("The first residuals under {law} noise").format(law=names[law]),
            [_("row"), _("residual r"), _("log p(r)")],
            [
                [str(row), number(float(residual), f"r{row}"), number(float(density), f"p{row}")]
                for row, (residual, density) in enumerate(
                    zip(residuals[:SHOWN], log_density(residuals[:SHOWN], fit.p, fit.width), strict=True)
                )
            ],
        )
        title = _("Under {law} noise the likeliest scale is {scale}; then log p is {per_row} per row.").format(
            law=names[law], scale=format_number(fit.scale, 4), per_row=format_number(fit.per_row, 4)
        )
        steps.append(Step(title, _working(fit, residuals), [table, rows]))
    return steps


def _working(fit: LawFit, residuals: Array) -> list[Line]:
    """Return how the scale and the log-likelihood of a law come about, and that of the first row."""
    law, n, first = fit.law, format_count(len(residuals)), float(residuals[0])
    scale = number(fit.scale, f"scale_{law}")
    found = number(fit.scale, f"scale_{law}", strong=True)
    per_row: Line = [" = ", number(fit.per_row, f"per_row_{law}", strong=True)]
    r, density = number(first, "r0"), number(float(log_density(residuals[:1], fit.p, fit.width)[0]), "p0", strong=True)
    start, row, log = _("log p per row = "), _("Row 0: log p(r) = "), _("log")
    if law == "normal":
        total = number(float((residuals**2).sum()))
        return [
            ["σ = √(Σr²/n) = √(", total, f" / {n}) = ", found],
            [start, f"−{log} ", scale, f" − ½ {log}(2π) − ½", *per_row],
            [row, f"−{log} ", scale, f" − ½ {log}(2π) − ½ · (", r, " / ", scale, ")² = ", density],
        ]
    if law == "laplace":
        total = number(float(abs(residuals).sum()))
        return [
            ["b = Σ|r|/n = ", total, f" / {n} = ", found],
            [start, f"−{log}(2 · ", scale, ") − 1", *per_row],
            [row, f"−{log}(2 · ", scale, ") − |", r, "| / ", scale, " = ", density],
        ]
    return [
        [_("a = largest |r| = "), found],
        [start, f"−{log}(2 · ", scale, ")", *per_row],
        [row, f"−{log}(2 · ", scale, ") = ", density],
    ]


def nearest_steps(errors: pd.DataFrame, n: int, names: dict[str, str], sentences: dict[str, str]) -> list[Step]:
    """Return a step for each law: what is known of its errors beside the simulated ones, for samples of n values.

    `errors` has a row for each law and a column for each estimate; `names` are those of the estimates.
    """
    laws, best = law_names(), errors.idxmin(axis=1)
    steps = []
    for law in errors.index:
        table = TwinTable(
            _("Simulated errors (root mean square)"),
            [_("noise"), *names.values()],
            [
                [
                    Part(laws[each], f"law_{each}", strong=each == law),
                    *[
                        number(
                            float(errors.loc[each, name]), f"{each}_{name}", strong=each == law and name == best[law]
                        )
                        for name in names
                    ],
                ]
                for each in errors.index
            ],
        )
        steps.append(Step(sentences[law], _known(law, n), [table]))
    return steps


def _known(law: str, n: int) -> list[Line]:
    """Return the errors of which there is a formula, for values of variance 1."""
    mean: Line = [_("Mean, exactly: "), f"1/√n = 1/√{n} = ", number(1 / math.sqrt(n), f"{law}_mean")]
    if law == "normal":
        limit = number(math.sqrt(math.pi / (2 * n)), "normal_median")
        return [mean, [_("Median, for many values: "), f"√(π/(2n)) = √(π/{2 * n}) = ", limit]]
    if law == "laplace":
        limit = number(1 / math.sqrt(2 * n), "laplace_median")
        return [mean, [_("Median, for many values: "), f"1/√(2n) = 1/√{2 * n} = ", limit]]
    ends = number(math.sqrt(6 / ((n + 1) * (n + 2))), "uniform_mid_range")
    return [mean, [_("Mid-range, exactly: "), f"√(6/((n + 1)(n + 2))) = √(6/({n + 1} · {n + 2})) = ", ends]]
