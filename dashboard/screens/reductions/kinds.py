"""What torch prints for every reduction of A, and of which type: whole numbers, floats, or refused."""

import pandas as pd
import streamlit as st

from core.language import _
from core.tensors.printed import Printed, print_lines
from core.tensors.reductions import Array
from dashboard.ui.escape import escape_markdown
from dashboard.ui.printed import show_lines

LINES = (
    "A.sum()", "A.numel()", "A.sum() / A.numel()", "A.mean()", "A.float().mean()", "A.mean(dtype=torch.float64)",
    "A.var()", "A.std()", "A.median()", "A.max()", "A.min()", "A.prod()",
)  # fmt: skip
CONVERTING = ("A.float().mean()", "A.mean(dtype=torch.float64)")


def draw(x: Array) -> None:
    """Draw the types of all reductions; several axes as steps; one number, one entry, and a column."""
    st.markdown(_("**Whole numbers or floats?**") + f" {sentence(x)}")
    st.table(table(x))
    left, right = st.columns(2, gap="large")
    with left:
        if x.ndim > 1:
            st.markdown(
                _("Several axes at once are the same as one after another. Each sum removes an axis, so the next "
                  "one is axis 0 again.")
            )  # fmt: skip
            show_lines({"A": x}, *in_steps(x.ndim))
    with right:
        st.markdown(
            _("`()` is one number without an axis, `(1,)` a vector of one entry, `(n,)` a vector, and `(n, 1)` a "
              "matrix of one column.")
        )  # fmt: skip
        show_lines({"A": x}, *one_or_many(x.ndim))


def table(x: Array) -> pd.DataFrame:
    """Return a row for each line: what it prints, and its dtype."""
    chosen = [line for line in LINES if x.dtype.kind != "f" or line not in CONVERTING]
    answers = print_lines({"A": x}, chosen)
    return pd.DataFrame(
        {
            _("line"): [f"`{answer.line}`" for answer in answers],
            _("torch prints"): [_short(answer) for answer in answers],
            _("dtype"): [f"`{answer.dtype.removeprefix('torch.')}`" if answer.dtype else "–" for answer in answers],
        }
    ).set_index(_("line"))


def _short(answer: Printed) -> str:
    return _("refused: {error}").format(error=answer.error) if answer.error else f"`{answer.text}`"


def sentence(x: Array) -> str:
    """Say where the type changes, with the numbers of A."""
    total, mean, refused = print_lines({"A": x}, ["A.sum()", "A.sum() / A.numel()", "A.mean()"])
    if x.dtype.kind == "f":
        return _("A holds floats, and so does every result except the count `A.numel()`.")
    template = _(
        "A holds {dtype}: `A.sum()` is `{total}`, a whole number. Only a division makes floats: `A.sum() / A.numel()` "
        "is `{mean}`, and `A.mean()`, which would have to change the type itself, raises {error}."
    )
    words = {"dtype": f"torch.{x.dtype}", "error": refused.error}
    return template.format(
        total=total.text, mean=mean.text, **{name: escape_markdown(word) for name, word in words.items()}
    )


def in_steps(axes: int) -> list[str]:
    """Return the sum over all axes at once, axis by axis, and that both are A.sum().

    >>> in_steps(2)
    ['A.sum(axis=[0, 1])', 'A.sum(axis=0).sum(axis=0)', 'A.sum(axis=[0, 1]) == A.sum()']
    """
    at_once = f"A.sum(axis={list(range(axes))})"
    return [at_once, "A" + ".sum(axis=0)" * axes, f"{at_once} == A.sum()"]


def one_or_many(axes: int) -> list[str]:
    """Return lines whose results are one number, a vector of one entry, a vector and a column."""
    one = ["A.sum()", "A.sum().item()", "A.sum()[0]", "A.sum().reshape(1)", "A.sum().reshape(1)[0]"]
    last = axes - 1
    many = [f"A.sum(axis={last})", f"A.sum(axis={last}, keepdims=True)"]
    return one + (many if axes > 1 else ["A.reshape(-1, 1)"] if axes else [])
