"""Environment: what the lab runs on, whether it computes correctly there, and all of it as text."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from core.environment.machine import Machine, describe_machine
from core.environment.report import write_report
from core.environment.requirements import Requirement, check_requirements
from core.environment.self_test import Check, run_self_test, written
from core.formatting import format_duration, format_list
from core.language import _, ngettext
from dashboard.screens.environment.installing import draw_installing
from dashboard.ui.escape import show_error, show_warning
from dashboard.ui.page import boxes, explained, heading, link
from dashboard.ui.tables import show_table
from dashboard.visit.cache import cache_resource


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Environment"),
        _("What the lab runs on, whether it computes correctly here, and all of it as text for a bug report."),
    )
    machine, requirements, checks = _machine(), _requirements(), _checks()
    _show_machine(machine)
    _show_checks(checks)
    _show_versions(requirements)
    draw_installing(machine, requirements)
    _show_report(write_report(machine, requirements, checks))
    link("data", _("Next: bring a table"))


@cache_resource(show_spinner=False)
def _machine() -> Machine:
    return describe_machine()


@cache_resource(show_spinner=False)
def _requirements() -> tuple[Requirement, ...]:
    return check_requirements()


@cache_resource(show_spinner=False)
def _checks() -> tuple[Check, ...]:
    return run_self_test()


def _show_machine(machine: Machine) -> None:
    threads = _("How many threads torch uses within one operation.")
    usable = _("How many processors the machine has; {usable} of them may be used here.").format(usable=machine.usable)
    boxes(
        [
            (_("Python"), machine.python),
            (_("torch"), machine.torch),
            (_("Build of torch"), machine.build),
            (_("Device"), machine.device, _("What torch can use. The lab itself computes on the processor.")),
            (_("Threads"), str(machine.threads), threads),
            (_("Processors"), str(machine.processors or machine.usable), usable),
        ]
    )


def _show_checks(checks: Sequence[Check]) -> None:
    st.header(_("Self-test"), anchor=False)
    failed = [check for check in checks if not check.passed]
    for check in failed:
        show_error(check.sentence)
    if failed:
        st.markdown(
            _("Install the lab into a fresh virtual environment, as shown below, and run the test again. If it still "
              "fails, send the text at the end of this page.")
        )  # fmt: skip
    else:
        seconds = format_duration(sum(check.seconds for check in checks))
        passed = ngettext(
            ":material/check_circle: The check passed, in {seconds}.",
            ":material/check_circle: All {count} checks passed, in {seconds}.",
            len(checks),
        )
        st.markdown(passed.format(count=len(checks), seconds=seconds))
    show_table(
        pd.DataFrame(
            {
                "result": [_("passed") if check.passed else _("failed") for check in checks],
                "check": [str(check.name) for check in checks],
                "expected": [written(check.expected) for check in checks],
                "got": ["–" if check.got is None else written(check.got) for check in checks],
                "time": [format_duration(check.seconds) for check in checks],
            }
        ),
        hide_index=True,
        column_config={
            "result": _("Result"),
            "check": st.column_config.TextColumn(_("What is computed"), width="large"),
            "expected": _("Expected"),
            "got": _("Got"),
            "time": _("Time"),
        },
        alt=_("The self-test: each check with the known answer, the computed one, and the time."),
    )
    st.caption(_("The first run also loads torch and compiles the training loop; it takes longer than the next."))
    st.button(_("Run the self-test again"), on_click=_checks.clear, icon=":material/replay:")


def _show_versions(requirements: Sequence[Requirement]) -> None:
    st.header(_("Versions"), anchor=False)
    outside = [each for each in requirements if each.within is not True]
    if not requirements[1:]:
        show_warning(_("The lab's own metadata and pyproject.toml are missing; there are no bounds to compare with."))
    elif outside:
        template = _("Outside the bounds, not installed or not comparable: {names}. Install again, as shown below.")
        show_warning(template.format(names=format_list([each.name for each in outside])))
    else:
        st.markdown(_("All packages are within the bounds that the lab states."))
    answers = {True: _("yes"), False: _("no"), None: _("unknown")}
    show_table(
        pd.DataFrame(
            {
                "package": [each.name for each in requirements],
                "installed": [each.installed or "–" for each in requirements],
                "bounds": [each.bounds for each in requirements],
                "within": [answers[each.within] for each in requirements],
            }
        ),
        hide_index=True,
        column_config={
            "package": _("Package"),
            "installed": _("Installed"),
            "bounds": _("Bounds"),
            "within": _("Within"),
        },
        height="content",
        alt=_("The packages that the lab requires, with the installed version and its bounds."),
    )


def _show_report(report: str) -> None:
    st.header(_("For a bug report"), anchor=False)
    st.markdown(
        _("Copy this text with the button in its corner. It is in English, and holds no path, no user name and no name "
          "of this machine.")
    )  # fmt: skip
    st.code(report, language=None, wrap_lines=True)
