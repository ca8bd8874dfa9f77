"""The report of a run: the content of the screens, in one file."""

from collections.abc import Mapping
from datetime import date

from core.export import Report, write_report
from core.formatting import format_count, format_date, format_number, format_percent
from core.language import _
from dashboard.charts.pictures import Colours, as_svg
from dashboard.pipeline import results, target_units
from dashboard.pipeline.training import Problem, Result
from dashboard.screens.take_home.charts import Offer
from dashboard.screens.take_home.facts import Fact

OF_THE_PAGE = Colours("var(--text)", "transparent", "var(--line)", [f"var(--series-{place})" for place in range(1, 7)])


def page(
    title: str,
    facts: list[Fact],
    charts: dict[str, Offer],
    themes: Mapping[str, Colours],
    problem: Problem,
    result: Result,
    script: str,
    address: str,
) -> str:
    """Return the page as HTML, in the colours of both themes.

    `script` is the name of the file that reproduces the run, `address` the link to it.
    """
    run = result.run
    head, rows = coefficient_table(result)
    notes = list(dict.fromkeys([run.note, target_units.sentence(problem, result), *result.comparison.notes]))
    return write_report(
        Report(
            title=title,
            outcome=run.note if run.diverged else results.outcome(result),
            notes=[note for note in notes if note and not (run.diverged and note == run.note)],
            facts=facts,
            figures=_figures(result),
            head=head,
            rows=rows,
            charts=[(offer.words, as_svg(offer.draw(), OF_THE_PAGE)) for offer in charts.values()],
            steps=[
                _(
                    "The link shows the same screen with the same numbers; a table of your own has to be uploaded "
                    "there again."
                ),
                _(
                    "The script needs Python with pandas and torch; run in the folder of the table, it prints these "
                    "numbers."
                ),
            ],
            code=f"{address}\n\npython {script}",
            light=_variables(themes["light"]),
            dark=_variables(themes["dark"]),
            made=_("Made with Descent Lab on {day}.").format(day=format_date(date.today())),
        )
    )


def _variables(colours: Colours) -> dict[str, str]:
    series = {f"series-{place}": colour for place, colour in enumerate(colours.categories, start=1)}
    quiet = {"quiet": f"color-mix(in srgb, {colours.text} 70%, {colours.background})"}
    line = {"line": f"color-mix(in srgb, {colours.text} 18%, {colours.background})"}
    return {"page": colours.background, "text": colours.text, "block": colours.grid, **quiet, **line, **series}


def coefficient_table(result: Result) -> tuple[list[str], list[list[str]]]:
    """Return head and cells: each coefficient in the units of the table, of both models, with the difference."""
    share = format_percent(result.comparison.confidence, 6, significant=True)
    names = {
        "coefficient": _("Coefficient"),
        "true": _("True"),
        "sgd": _("SGD"),
        "closed_form": _("Closed form"),
        "least_squares": _("Least squares"),
        "difference": _("Difference"),
        "low": _("{confidence} from").format(confidence=share),
        "high": _("{confidence} to").format(confidence=share),
        "sgd_as_it_landed": _("SGD, as trained"),
    }
    table = result.comparison.coefficients
    columns = [name for name in names if name in table]
    rows = [
        [str(name), *(format_number(value) for value in values)]
        for name, *values in table[columns].itertuples(index=False)
    ]
    return [names[column] for column in columns], rows


def _figures(result: Result) -> list[tuple[str, str]]:
    run, scores = result.run, result.comparison.scores
    pairs = [
        (_("Loss of SGD"), format_number(run.loss, 4)),
        (_("Loss of the closed form"), format_number(run.closed_form_loss, 4)),
        (_("Gap"), format_number(run.gap, 3)),
        (_("Updates"), format_count(run.steps)),
    ]
    of_sgd = scores[scores["model"] == "sgd"].set_index("part")["r_squared"]
    pairs.append((_("R² on the training rows"), format_number(of_sgd["train"], 4)))
    return [*pairs, (_("R² on the test rows"), format_number(of_sgd["test"], 4))] if "test" in of_sgd else pairs
