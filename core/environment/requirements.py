"""The packages that the lab stands on: installed versions, and the bounds that the lab states for them.

The bounds are those of the installed distribution. A checkout may have none in its metadata; then they are read from
pyproject.toml.
"""

import platform
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement as StatedRequirement
from packaging.specifiers import SpecifierSet
from packaging.version import InvalidVersion, Version

DISTRIBUTION = "descent-lab"
PYPROJECT = Path(__file__).resolve().parents[2] / "pyproject.toml"


@dataclass(frozen=True)
class Requirement:
    """A package, or Python itself, and whether its version is one that the lab is made for.

    Attributes:
        name: of the package.
        installed: its version, None if it is not installed.
        bounds: the versions that the lab states, such as ">=3.1,<4".
        within: whether the installed version is within the bounds; None if it cannot be compared with them.
    """

    name: str
    installed: str | None
    bounds: str
    within: bool | None


def check_requirements() -> tuple[Requirement, ...]:
    """Return Python first, then each package that the lab requires, in the order in which they are stated."""
    python, packages = stated_requirements()
    return (check_version("Python", platform.python_version(), SpecifierSet(python)), *map(_check_package, packages))


def stated_requirements() -> tuple[str, list[StatedRequirement]]:
    """Return the stated bounds of Python, and the stated requirements of packages that hold here.

    What only the checks need is left out, and so is what another system needs.
    """
    python, lines = _from_metadata() or _from_pyproject()
    stated = map(StatedRequirement, lines)
    return python, [each for each in stated if each.marker is None or each.marker.evaluate({"extra": ""})]


def _from_metadata() -> tuple[str, Iterable[str]] | None:
    try:
        found = distribution(DISTRIBUTION)
    except PackageNotFoundError:
        return None
    if not found.requires:
        return None
    (python,) = found.metadata.get_all("Requires-Python") or [""]
    return python, found.requires


def _from_pyproject() -> tuple[str, Iterable[str]]:
    if not PYPROJECT.is_file():
        return "", []
    project = tomllib.loads(PYPROJECT.read_text(encoding="utf-8"))["project"]
    return project.get("requires-python", ""), project.get("dependencies", [])


def _check_package(stated: StatedRequirement) -> Requirement:
    try:
        installed: str | None = distribution(stated.name).version
    except PackageNotFoundError:
        installed = None
    return check_version(stated.name, installed, stated.specifier)


def check_version(name: str, installed: str | None, specifier: SpecifierSet) -> Requirement:
    """Return whether a version is within its bounds. One that is not installed is not, a local or early build can be.

    >>> check_version("torch", "2.13.0+cpu", SpecifierSet(">=2.10,<2.14")).within
    True
    >>> check_version("torch", "2.0.0", SpecifierSet("<2.14,>=2.10"))
    Requirement(name='torch', installed='2.0.0', bounds='>=2.10,<2.14', within=False)
    """
    bounds = ",".join(sorted(map(str, specifier), reverse=True))  # the lower bound first
    if installed is None:
        return Requirement(name, None, bounds, within=False)
    try:
        within: bool | None = specifier.contains(Version(installed), prereleases=True)
    except InvalidVersion:
        within = None
    return Requirement(name, installed, bounds, within)
