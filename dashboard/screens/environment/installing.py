"""How the lab is installed, and how to see which torch one has."""

from collections.abc import Sequence

import streamlit as st

from core.environment.machine import Machine
from core.environment.requirements import Requirement
from core.language import _

FRESH = "python3 -m venv .venv\n. .venv/bin/activate"
COMMANDS = """pip install -r requirements.txt && python -m dashboard
pip install -r requirements.txt && python -m pytest"""
PYTORCH_PAGE = "https://pytorch.org/get-started/locally/"


def draw_installing(machine: Machine, requirements: Sequence[Requirement]) -> None:
    """Show a fresh environment, the two commands, the CPU build, and the two questions to torch with their answers."""
    st.header(_("Install"), anchor=False)
    left, right = st.columns(2, gap="large")
    with left:
        _show_commands(requirements)
    with right:
        _show_questions(machine)


def _show_commands(requirements: Sequence[Requirement]) -> None:
    st.markdown(
        _("A **virtual environment** keeps these packages apart from all others. Make a fresh one in the lab's folder. "
          r"On Windows the lines are `py -m venv .venv` and `.venv\Scripts\activate`.")
    )  # fmt: skip
    st.code(FRESH, language="bash", wrap_lines=True)
    st.markdown(_("Two commands: the first installs and starts the lab, the second runs its tests."))
    st.code(COMMANDS, language="bash", wrap_lines=True)
    bounds = next((each.bounds for each in requirements if each.name == "torch"), "")
    st.markdown(
        _("PyTorch comes in several **builds**. If pip is about to download gigabytes of CUDA packages that you do not "
          "need, stop it, choose “CPU” on [its page]({page}), install that build first, and then run the command "
          "again. The lab takes any build of `torch{bounds}`.").format(page=PYTORCH_PAGE, bounds=bounds)
    )  # fmt: skip


def _show_questions(machine: Machine) -> None:
    st.markdown(_("Two questions to torch, with the answers of this machine:"))
    st.code(
        f"import torch\n\ntorch.__version__          # {machine.torch!r}\ntorch.cuda.is_available()  # {machine.cuda}",
        language="python",
        wrap_lines=True,
    )
    st.markdown(
        _("In the version, what follows a `+` names the build, such as `+cpu` or `+cu126`. `False` is no error: torch "
          "then computes on the processor, and so does the lab with every build.")
    )  # fmt: skip
    st.markdown(
        _("The book pins `torch==2.0.0`. pip finds no such build for Python 3.12 and later; the bounds under Versions "
          "say what this lab needs.")
    )  # fmt: skip
