"""A picture of functions as lines for matplotlib."""

from core.calculus.curves import POINTS
from core.calculus.numpy_code import numpy_text
from core.calculus.plotting import MARK_EVERY, Limits, Line, Plot

TANGENT_WIDTH = 0.8  # in matplotlib's points; a line has 1.5


def matplotlib_lines(plot: Plot) -> str:
    """Return a script that draws the same picture: the same points, format strings, names, limits and axes.

    >>> from core.calculus.plotting import Typed, make_plot
    >>> print(matplotlib_lines(make_plot([Typed("3*x**2 - 4*x", "m--", "f(x)")])))
    import matplotlib.pyplot as plt
    import numpy as np
    <BLANKLINE>
    x = np.linspace(0, 3, 241)
    plt.plot(x, 3*x**2 - 4*x, 'm--', label='f(x)')
    plt.xlim(0, 3)
    plt.ylim(-2.6, 16.3)
    plt.xlabel("x")
    plt.ylabel("f(x)")
    plt.grid()
    plt.legend()
    plt.show()
    """
    spread = "linspace" if plot.x_scale == "linear" else "geomspace"
    lines = ["import matplotlib.pyplot as plt", "import numpy as np", ""]
    lines.append(f"x = np.{spread}({_both(plot.x_limits)}, {POINTS})")
    for line in plot.lines:
        lines += _lines_of(line)
    for axis, scale in (("x", plot.x_scale), ("y", plot.y_scale)):
        if scale == "log":
            lines.append(f'plt.{axis}scale("log", nonpositive="mask")')
    lines += [f"plt.xlim({_both(plot.x_limits)})", f"plt.ylim({_both(plot.y_limits)})"]
    lines += ['plt.xlabel("x")', 'plt.ylabel("f(x)")', "plt.grid()"]
    lines += ["plt.legend()"] * any(line.name for line in plot.lines)
    return "\n".join([*lines, "plt.show()"])


def _lines_of(line: Line) -> list[str]:
    options = f", markevery={MARK_EVERY}" * bool(line.format.marker)
    options += f", label={_label(line.name)!r}" * bool(line.name)
    drawn = [f"plt.plot(x, {numpy_text(line.expression)}, {line.format.text!r}{options})"]
    if line.tangent is not None and line.tangent_y is not None:
        colour = repr(line.format.typed("colour") or f"C{line.cycle}")
        place, value, slope = line.tangent.x, line.tangent.value, line.tangent.derivative
        drawn.append(f"plt.plot(x, {value!r} + {slope!r}*(x - {place!r}), color={colour}, linewidth={TANGENT_WIDTH})")
        drawn.append(f"plt.plot({place!r}, {value!r}, 'o', color={colour})")
    return drawn


def _label(name: str) -> str:
    """Return a name with what matplotlib would read as mathematics taken literally."""
    return name.replace("$", r"\$")


def _both(limits: Limits) -> str:
    return ", ".join(str(int(value)) if value.is_integer() and abs(value) < 1e15 else repr(value) for value in limits)
