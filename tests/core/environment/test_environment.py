"""The environment: what is reported of the machine is so, bounds are compared as pip does, and nothing is personal."""

import getpass
import importlib.metadata
import os
import platform
import socket
import sys
import tomllib
from dataclasses import replace
from email import message_from_string
from pathlib import Path

import pytest
import torch
from packaging.requirements import Requirement as Stated
from packaging.specifiers import SpecifierSet

from core import __version__
from core.environment import requirements
from core.environment.machine import describe_machine, torch_build, torch_device
from core.environment.report import write_report
from core.environment.requirements import check_requirements, check_version, stated_requirements
from core.environment.self_test import TRIALS, Check, Trial, run_self_test, run_trial

ROOT = Path(__file__).resolve().parents[3]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def test_the_machine_is_what_python_and_torch_answer():
    machine = describe_machine()
    assert machine.python == ".".join(map(str, sys.version_info[:3]))
    assert (machine.lab, machine.torch) == (__version__, torch.__version__)
    assert machine.cuda == torch.cuda.is_available()
    assert machine.threads == torch.get_num_threads()
    assert machine.dtype == "torch.float32"
    assert 1 <= machine.usable <= machine.processors == os.cpu_count()
    assert machine.system.startswith(platform.system())


@pytest.mark.parametrize(
    ("versions", "is_mps", "build"),
    [({}, False, "CPU"), ({}, True, "MPS"), ({"cuda": "12.6"}, False, "CUDA 12.6"),
     ({"hip": "6.3.4"}, False, "ROCm 6.3.4"), ({"hip": "6.3.4", "cuda": "12.6"}, False, "ROCm 6.3.4"),
     ({"xpu": "20250101"}, False, "XPU 20250101")],
)  # fmt: skip
def test_the_build_of_torch_is_named(monkeypatch, versions, is_mps, build):
    for name in ("cuda", "hip", "xpu"):
        monkeypatch.setattr(torch.version, name, versions.get(name), raising=False)
    monkeypatch.setattr(torch.backends.mps, "is_built", lambda: is_mps)
    assert torch_build() == build


@pytest.mark.parametrize(
    ("available", "device"), [((), "cpu"), (("mps",), "mps"), (("cuda", "mps"), "cuda: A Card"), (("xpu",), "xpu")]
)
def test_the_device_is_one_that_torch_can_use(monkeypatch, available, device):
    for name, module in (("cuda", torch.cuda), ("mps", torch.backends.mps), ("xpu", torch.xpu)):
        monkeypatch.setattr(module, "is_available", lambda name=name: name in available)
    monkeypatch.setattr(torch.cuda, "get_device_name", lambda _number: "A Card")
    assert torch_device() == device


def test_everything_that_the_lab_requires_is_listed_with_its_version_and_is_within_its_bounds():
    python, *packages = check_requirements()
    assert (python.name, python.installed, python.within) == ("Python", platform.python_version(), True)
    stated = {Stated(line).name for line in importlib.metadata.requires("descent-lab") or PROJECT["dependencies"]}
    names = {each.name for each in packages}
    assert {"streamlit", "torch", "pandas", "altair"} <= names <= stated
    assert {each.name: each.installed for each in packages} == {
        name: importlib.metadata.version(name) for name in names
    }
    assert [each for each in packages if each.within is not True] == []


class Installed:
    """A distribution with the metadata of a wheel."""

    requires = (
        "numpy>=99",
        "not-there-at-all<2,>=1",
        "pytest>=9; extra == 'checks'",
        "pywin32; sys_platform == 'none'",
    )
    metadata = message_from_string("Requires-Python: >=3.11\n")
    version = "0.1.0"


def test_the_bounds_are_those_of_the_installed_distribution(monkeypatch):
    real = requirements.distribution
    monkeypatch.setattr(requirements, "distribution", lambda name: Installed if name == "descent-lab" else real(name))
    assert [(each.name, each.bounds, each.within) for each in check_requirements()] == [
        ("Python", ">=3.11", True), ("numpy", ">=99", False), ("not-there-at-all", ">=1,<2", False),
    ]  # fmt: skip
    assert check_requirements()[2].installed is None


@pytest.mark.parametrize("requires", [None, ()])
def test_a_checkout_without_metadata_reads_pyproject(monkeypatch, requires):
    class Checkout(Installed):
        pass

    Checkout.requires = requires
    monkeypatch.setattr(requirements, "distribution", lambda _name: Checkout)
    python, stated = stated_requirements()
    assert python == PROJECT["requires-python"]
    assert list(map(str, stated)) == [str(Stated(line)) for line in PROJECT["dependencies"]]


def test_without_metadata_and_without_pyproject_only_python_is_listed(monkeypatch, tmp_path):
    def missing(_name):
        raise importlib.metadata.PackageNotFoundError

    monkeypatch.setattr(requirements, "distribution", missing)
    monkeypatch.setattr(requirements, "PYPROJECT", tmp_path / "pyproject.toml")
    (python,) = check_requirements()
    assert (python.bounds, python.within) == ("", True)


@pytest.mark.parametrize(
    ("version", "bounds", "within"),
    [("2.13.0+cpu", ">=2.10,<2.14", True), ("2.14.0", ">=2.10,<2.14", False), ("2.10.0a0+git12", ">=2.10,<2.14", False),
     ("2.13.0.dev2026", ">=2.10,<2.14", True), ("3.1", "", True), ("garbage", ">=1", None), (None, ">=1", False)],
)  # fmt: skip
def test_versions_are_compared_as_versions(version, bounds, within):
    assert check_version("x", version, SpecifierSet(bounds)).within is within


def test_every_check_of_the_self_test_passes():
    checks = run_self_test()
    assert [check.sentence for check in checks] == [""] * len(TRIALS)
    assert all(check.passed and check.seconds > 0 for check in checks)
    vector, by_torch, by_engine, closed, sgd, csv = (check.got for check in checks)
    matrix = torch.arange(20.0).reshape(5, 4)
    assert vector == tuple(torch.mv(matrix, torch.arange(4.0)).tolist())
    assert by_torch == by_engine == (0.0, 4.0, 8.0, 12.0)
    assert closed == pytest.approx((2, -3.4, 4.2), abs=1e-9)
    assert sgd == pytest.approx(closed, abs=1e-6)
    assert csv == (4, 3, 5, 3, 137_900)


@pytest.mark.parametrize(
    ("got", "passed"),
    [((1, 2), True), ((1, 2.05), True), ((1, 2.2), False), ((1,), False), ((1, 2, 3), False), ((), False),
     ((1, float("nan")), False), ((1, float("inf")), False)],
)  # fmt: skip
def test_a_check_passes_only_with_every_number_near_the_known_one(got, passed):
    check = run_trial(Trial("x", lambda: (1, 2), lambda: got, tolerance=0.1))
    assert check.passed is passed
    assert (check.sentence == "") is passed


def fails_in_the_engine():
    from core.autograd.engine import apply, leaf

    return apply("no such operation", leaf([1.0])).data


@pytest.mark.parametrize(
    ("compute", "error", "place"),
    [(lambda: 1 / 0, "ZeroDivisionError", "outside the lab"), (lambda: ["a"], "ValueError", "outside the lab"),
     (lambda: None, "TypeError", "outside the lab"), (fails_in_the_engine, "KeyError", "core.autograd.engine:")],
)  # fmt: skip
def test_a_check_that_stops_ends_in_a_sentence_with_the_place_in_the_lab(compute, error, place):
    check = run_trial(Trial("The name", lambda: (1,), compute))
    assert not check.passed
    assert check.sentence.startswith(f"“The name” stopped with {error} ({place}")
    assert check.sentence.endswith(").")
    assert "Traceback" not in check.sentence


PERSON, HOST, HOME = "annaquux", "quuxbook", "/home/annaquux"


@pytest.fixture
def somebody(monkeypatch):
    """Let the machine belong to somebody."""
    for name in ("HOME", "USERPROFILE", "TMPDIR", "PWD", "VIRTUAL_ENV"):
        monkeypatch.setenv(name, f"{HOME}/lab")
    for name in ("USER", "LOGNAME", "USERNAME"):
        monkeypatch.setenv(name, PERSON)
    monkeypatch.setattr(getpass, "getuser", lambda: PERSON)
    monkeypatch.setattr(socket, "gethostname", lambda: HOST)
    monkeypatch.setattr(platform, "node", lambda: HOST)
    monkeypatch.setattr(platform, "release", lambda: f"6.1.0-{HOST}-{PERSON}")
    monkeypatch.setattr(Path, "home", lambda: Path(HOME))
    monkeypatch.setattr(os, "getcwd", lambda: f"{HOME}/lab")


def test_the_report_holds_all_that_is_known_and_nothing_of_the_person(somebody):
    def trips():
        raise OSError(f"[Errno 2] No such file: '{HOME}/lab/data.csv' for {PERSON} on {HOST}")

    machine, packages = describe_machine(), check_requirements()
    checks = [*run_self_test(), run_trial(Trial("A file", lambda: (1,), trips)), run_trial(Trial("B", trips, trips))]
    report = write_report(machine, packages, checks)
    for word in (PERSON, HOST, HOME, "quux", str(ROOT), sys.prefix, "/"):
        assert word not in report.replace("\\", "/"), word
    assert not any(word in check.sentence for check in checks for word in (PERSON, HOST, "/"))
    assert "6.1.0" in report
    for wanted in (
        f"Python {machine.python}",
        f"torch {torch.__version__}",
        "build",
        "device",
        "threads",
        "processors",
    ):
        assert wanted in report
    for each in packages:
        assert f"  {each.name} {each.installed}: within {each.bounds}\n" in report
    assert report.count("  passed in ") == len(TRIALS)
    assert report.count("  FAILED in ") == 2
    assert "A file; stopped with OSError (outside the lab)" in report


def test_the_report_marks_what_is_outside_missing_or_wrong():
    outside = check_version("numpy", "1.0", SpecifierSet(">=2"))
    missing, odd = check_version("torch", None, SpecifierSet(">=2")), check_version("x", "garbage", SpecifierSet(">=2"))
    wrong = Check("Sums", (1.0, 2.0), (1.0, float("nan")), 0.0, "", "", 0.001)
    machine = replace(describe_machine(), processors=0)
    lines = write_report(machine, [outside, missing, odd], [wrong]).splitlines()
    assert "  numpy 1.0: OUTSIDE >=2" in lines
    assert "  torch not installed: OUTSIDE >=2" in lines
    assert "  x garbage: cannot be compared with >=2" in lines
    assert any(line.startswith("processors: unknown, ") for line in lines)
    assert lines[-1].startswith("  FAILED in 1 ms: Sums; expected 1, 2; got 1, ")
