"""What a leak did, in a sentence or two."""

from collections.abc import Sequence

from core.formatting import format_count, format_general
from core.language import _, ngettext
from core.preprocessing.insight.averages import Average
from core.preprocessing.insight.leak_errors import Verdict
from core.preprocessing.insight.learnt import LearntValue


def describe_effect(verdict: Verdict, average: Average | None, target: str) -> str:
    """Say what leaking did to the test error over all splits."""
    if verdict == "nothing_held_out":
        return _("No rows are held out, so nothing can leak; but nothing shows either how a model does on new rows.")
    if average is None:
        return _("The test error could not be measured; what was learnt is shown all the same.")
    if verdict == "same":
        return ngettext(
            "Here it makes no difference: in {splits} split both preparations lead to the same test error.",
            "Here it makes no difference: in each of {splits} splits both preparations lead to the same test error.",
            average.splits,
        ).format(splits=average.splits)
    if average.low is None or average.high is None:
        return _(
            "In the one split that could be measured leaking changes the test RMSE by {mean} in the unit of “{target}”."
        ).format(mean=_signed(average.mean), target=target)
    told = {
        "flatters": _(
            "Leaking flatters: over {splits} splits it changes the test RMSE by {mean} in the unit of “{target}” on "
            "average, with a 95% interval from {low} to {high}. New rows will not be so kind."
        ),
        "worsens": _(
            "Leaking makes the test error larger here: over {splits} splits the test RMSE changes by {mean} in the "
            "unit of “{target}” on average, with a 95% interval from {low} to {high}. Which way a leak pushes is a "
            "matter of the table."
        ),
    }.get(
        verdict,
        _(
            "No effect can be told from chance: over {splits} splits leaking changes the test RMSE by {mean} in the "
            "unit of “{target}” on average, and the 95% interval from {low} to {high} holds 0."
        ),
    )
    return told.format(
        splits=average.splits,
        mean=_signed(average.mean),
        low=_signed(average.low),
        high=_signed(average.high),
        target=target,
    )


def explain_effect(verdict: Verdict, learnt: Sequence[LearntValue]) -> tuple[str, ...]:
    """Say, in a sentence each, what in the table and its recipe accounts for the effect."""
    if verdict in ("nothing_held_out", "not_measured"):
        return ()
    different = [value for value in learnt if value.differs]
    if not different:
        return (_("Both preparations learnt the very same values."),)
    fills = [value for value in different if value.quantity == "fill_value"]
    cells = sum(value.cells for value in fills)
    found = []
    if cells:
        found.append(_filled_reason(fills, cells))
    elif fills:
        found.append(_("The fill values that differ are never used: their columns have no gaps."))
    modelled = sum(value.cells for value in different if value.quantity == "model")
    if modelled:
        found.append(
            ngettext(
                "{cells} gap is filled by a model that has seen the test rows.",
                "{cells} gaps are filled by a model that has seen the test rows.",
                modelled,
            ).format(cells=format_count(modelled))
        )
    if any(value.quantity in ("centre", "spread") for value in different):
        found.append(
            _("Centring and scaling change nothing by themselves: the closed form undoes them with its weights.")
        )
    if any(value.only_all and value.rule == "ordinal" for value in different):
        found.append(_("A category that only test rows have moves the places of others in its order."))
    if any(value.only_all and value.rule == "one_hot" for value in different):
        found.append(
            _("A category that only test rows have gets a feature that is 0 in every training row, so nothing can be "
              "learnt about it; the leak merely knows its name.")
        )  # fmt: skip
    return tuple(found)


def _filled_reason(fills: Sequence[LearntValue], cells: int) -> str:
    largest = max((abs(value.relative) for value in fills if value.cells and value.relative is not None), default=None)
    if largest is None:
        return ngettext(
            "{cells} gap is filled with another value.", "{cells} gaps are filled with another value.", cells
        ).format(cells=format_count(cells))
    return ngettext(
        "In the split asked for, {cells} gap is filled with another value, which differs by at most {largest} standard "
        "deviations of its column.",
        "In the split asked for, {cells} gaps are filled with other values, which differ by at most {largest} standard "
        "deviations of their columns.",
        cells,
    ).format(
        cells=format_count(cells), largest=format_general(largest, 2) if largest >= 0.001 else format_general(0.001)
    )


def _signed(value: float) -> str:
    return format_general(value, 3, signed=True).replace("-", "−")
