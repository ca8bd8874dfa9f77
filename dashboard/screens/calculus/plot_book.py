"""The book's code cell for plotting, line by line, and what to write without its package."""

import streamlit as st

from core.language import _


def explain_the_cell() -> None:
    """Show each line of the cell with what it does."""
    st.header(_("The book's cell, line by line"))
    st.markdown("\n".join(f"- `{line}`  \n  {meaning}" for line, meaning in meanings().items()))


def meanings() -> dict[str, str]:
    """Return what each line does and what stands for it without d2l, in Markdown."""
    return {
        "%matplotlib inline": _(
            "A command to Jupyter, not Python: figures appear below their cell. Jupyter does so by itself today. In a"
            " script the line is a `SyntaxError`: leave it out, and end with `plt.show()`."
        ),
        "import numpy as np": _(
            "Arrays. `np.arange(0, 3, 0.1)` makes thirty places x, and `f(x)` computes at all of them at once."
        ),
        "from matplotlib_inline import backend_inline": _(
            "The part of Jupyter that turns a figure into a picture on the page. Only `use_svg_display` needs it."
        ),
        "from d2l import torch as d2l": _(
            "Not PyTorch: the file `torch.py` of the book's own package, under the name `d2l`. Here it lends only"
            " `d2l.plt`; without it write `import matplotlib.pyplot as plt`. Its version `1.0.3` needs exactly NumPy"
            " `1.23.5`, pandas `2.0.3` and matplotlib `3.7.2`, so give it an environment of its own."
        ),
        "#@save": _(
            "A comment. The book's tools copy functions marked so into `d2l`, and later chapters take them from there."
        ),
        "def use_svg_display():": _(
            "Sets Jupyter's figures to SVG, which stays sharp at any size. Without d2l:"
            " `%config InlineBackend.figure_format = 'svg'`."
        ),
        "def set_figsize(figsize=(3.5, 2.5)):": _(
            "Sets the width and height of all later figures, in inches. Without d2l:"
            " `plt.rcParams['figure.figsize'] = (3.5, 2.5)`."
        ),
        "def set_axes(axes, xlabel, ylabel, xlim, ylim, xscale, yscale, legend):": _(
            "Sets the labels, scales and limits, a legend if there are names for it, and a grid. Without d2l: the lines"
            " `plt.xlabel` to `plt.legend` above."
        ),
        "def plot(X, Y=None, ..., fmts=('-', 'm--', 'g-.', 'r:'), ...):": _(
            "Clears the axes, then draws one curve for each array of Y; a single x serves them all. Format strings are"
            " taken in turn, and there are four: a fifth curve is left out without a word, unless `fmts` is longer."
        ),
        "plot(x, [f(x), 2 * x - 3], 'x', 'f(x)', legend=['f(x)', 'Tangent line (x=1)'])": _(
            "Two curves: f with the string `-`, its tangent at x = 1 with `m--`. Without d2l: a call of `plt.plot` for"
            " each, as above."
        ),
    }
