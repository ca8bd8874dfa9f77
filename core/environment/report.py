"""The environment as plain text for a bug report, in the source language, for those who read reports."""

from collections.abc import Sequence

from core.environment.machine import Machine
from core.environment.requirements import Requirement
from core.environment.self_test import Check, written
from core.formatting import format_duration
from core.language import SOURCE, get_language, in_language


def write_report(machine: Machine, requirements: Sequence[Requirement], checks: Sequence[Check]) -> str:
    """Return the text: the machine, the versions with their bounds, and the results of the self-test.

    It holds no path, no user and no name of a machine.
    """
    with in_language(get_language(SOURCE)):
        lines = [
            *_machine_lines(machine),
            "",
            "Versions",
            *map(_version_line, requirements),
            "",
            "Self-test",
            *map(_check_line, checks),
        ]
    return "\n".join(lines)


def _machine_lines(machine: Machine) -> list[str]:
    return [
        f"Descent Lab {machine.lab}",
        f"Python {machine.python} ({machine.implementation}) on {machine.system}, {machine.architecture}",
        f"torch {machine.torch}: build {machine.build}, device {machine.device}, default {machine.dtype}",
        f"threads: {machine.threads} within an operation, {machine.interop_threads} side by side",
        f"processors: {machine.processors or 'unknown'}, {machine.usable} of them usable",
    ]


def _version_line(each: Requirement) -> str:
    within = {True: "within", False: "OUTSIDE", None: "cannot be compared with"}[each.within]
    return f"  {each.name} {each.installed or 'not installed'}: {within} {each.bounds or 'no bounds'}"


def _check_line(check: Check) -> str:
    start = f"  {'passed' if check.passed else 'FAILED'} in {format_duration(check.seconds)}: {check.name}"
    if check.got is None:
        return f"{start}; stopped with {check.error} ({check.place or 'outside the lab'})"
    return start if check.passed else f"{start}; expected {written(check.expected)}; got {written(check.got)}"
