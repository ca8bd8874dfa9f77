"""The machine as far as numbers depend on it: Python, torch and its build, device, threads, processors.

Nothing here names a person: no path, no user, no name of the machine.
"""

import os
import platform
import re
from dataclasses import dataclass

from core import __version__


@dataclass(frozen=True)
class Machine:
    """The machine that the lab runs on.

    Attributes:
        lab: the version of the lab.
        python: the version of Python.
        implementation: of Python, such as "CPython".
        system: the operating system, with the numbers of its release.
        architecture: of the processor, such as "x86_64".
        processors: how many the machine has, 0 if the system does not say.
        usable: how many of them this process may use.
        torch: `torch.__version__`, whose part after a + names the build.
        build: what torch was built for: "CPU", "MPS", "CUDA 12.6", "ROCm 6.3" or "XPU 2025.1".
        device: the device that torch can use, with the name of a graphics card.
        cuda: `torch.cuda.is_available()`.
        dtype: torch's default dtype.
        threads: how many torch uses within an operation.
        interop_threads: how many torch uses for operations side by side.
    """

    lab: str
    python: str
    implementation: str
    system: str
    architecture: str
    processors: int
    usable: int
    torch: str
    build: str
    device: str
    cuda: bool
    dtype: str
    threads: int
    interop_threads: int


def describe_machine() -> Machine:
    """Return what this process runs on."""
    import torch

    return Machine(
        lab=__version__,
        python=platform.python_version(),
        implementation=platform.python_implementation(),
        system=_system(),
        architecture=platform.machine(),
        processors=os.cpu_count() or 0,
        usable=_usable_processors(),
        torch=str(torch.__version__),
        build=torch_build(),
        device=torch_device(),
        cuda=torch.cuda.is_available(),
        dtype=str(torch.get_default_dtype()),
        threads=torch.get_num_threads(),
        interop_threads=torch.get_num_interop_threads(),
    )


def _system() -> str:
    """Return the operating system. Words in its release are left out, since whoever built it chose them."""
    numbers = re.match(r"\d+(\.\d+)*", platform.release())
    return f"{platform.system()} {numbers.group() if numbers else ''}".strip()


def _usable_processors() -> int:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def torch_build() -> str:
    """Return what torch was built for. A build for ROCm has the interface of CUDA, and is asked first."""
    import torch

    for name, version in (("ROCm", "hip"), ("CUDA", "cuda"), ("XPU", "xpu")):
        built_for = getattr(torch.version, version, None)
        if built_for:
            return f"{name} {built_for}"
    return "MPS" if torch.backends.mps.is_built() else "CPU"


def torch_device() -> str:
    """Return the device that torch can use beside the processor, or "cpu"."""
    import torch

    if torch.cuda.is_available():
        return f"cuda: {torch.cuda.get_device_name(0)}"
    if torch.backends.mps.is_available():
        return "mps"
    return "xpu" if torch.xpu.is_available() else "cpu"
