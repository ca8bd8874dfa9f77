"""Measure everything: `python -m tests.benchmarks [chart.html]`.

Prints each claim as a ratio against its peer in the same run (above 1: ours is quicker), then the cost over a grid of
sizes; with a path it also draws time against size there.
"""

import sys

import altair as alt
import pandas as pd

from tests.benchmarks import bench_closed_form, bench_preparing, bench_reading, bench_sgd, grid


def chart(lines: pd.DataFrame) -> alt.FacetChart:
    """Draw time against rows on log axes, one panel per task and number of columns."""
    return (
        alt.Chart(lines, width=220, height=180)
        .mark_line(point=True)
        .encode(
            alt.X("n:Q", scale=alt.Scale(type="log"), title="rows"),
            alt.Y("ms:Q", scale=alt.Scale(type="log"), title="time (ms)"),
            alt.Color("who:N", title=None),
            alt.Shape("who:N", title=None),
            tooltip=["who", "n", "d", alt.Tooltip("ms:Q", format=".3g")],
        )
        .facet(column=alt.Column("d:O", title="columns"), row=alt.Row("task:N", title=None))
        .properties(title="How the cost grows")
    )


def main() -> None:
    """Print the tables, and draw the chart if a path is given."""
    claims = pd.DataFrame([*bench_closed_form.run(), *bench_sgd.run(), *bench_reading.run(), *bench_preparing.run()])
    print(claims.to_string(index=False, float_format=lambda value: f"{value:.2f}"))
    sizes = pd.DataFrame(grid.run())
    table = sizes.pivot_table(index=["task", "n", "d"], columns="who", values="ms")
    print("\nmilliseconds")
    print(table.to_string(float_format=lambda value: f"{value:.2f}", na_rep=""))
    if len(sys.argv) > 1:
        chart(sizes).save(sys.argv[1])


if __name__ == "__main__":
    main()
