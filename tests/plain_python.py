"""A plain Python that runs scripts as a person does, without waiting for its imports each time.

One process imports what every script needs, once for each worker, and forks for every script: the child has the
variables, the warnings and the working directory of a fresh `python script.py`. Where there is no fork, each script
gets an interpreter of its own.
"""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path

SECONDS = 600
UTF8 = {"PYTHONIOENCODING": "utf-8", "PYTHONUTF8": "1"}

# argv: the packages that are not to be found, as the script's author may not have them.
SERVER = """
import json, os, runpy, signal, sys, traceback, warnings
class Absent:
    names = set(filter(None, sys.argv[1].split(",")))
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in self.names:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Absent())
import numpy, pandas, torch
torch.optim.SGD([torch.zeros(1, requires_grad=True)], lr=1)  # the first optimizer imports a thousand modules

def run(asked):
    signal.alarm(asked["seconds"])
    os.chdir(asked["folder"])
    for number, name in ((1, "out"), (2, "err")):
        os.dup2(os.open(asked[name], os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    given = list(asked["arguments"])
    if given[:2] == ["-W", "error"]:
        given = given[2:]
        warnings.simplefilter("error")
    if given[0] == "-c":
        sys.argv, sys.path[0] = ["-c", *given[2:]], ""
        exec(compile(given[1], "<string>", "exec"), {"__name__": "__main__"})
    else:
        sys.argv, sys.path[0] = given, os.path.dirname(os.path.abspath(given[0]))
        runpy.run_path(given[0], run_name="__main__")

def child(asked):
    code = 0
    try:
        run(asked)
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else int(ended.code is not None)
        if isinstance(ended.code, str):
            print(ended.code, file=sys.stderr)
    except BaseException:
        traceback.print_exc()
        code = 1
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(code)

for line in sys.stdin:
    number = os.fork()
    if not number:
        child(json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1]), flush=True)
"""


def run_python(
    *arguments: str, folder: Path, absent: tuple[str, ...] = (), check: bool = True
) -> subprocess.CompletedProcess[str]:
    """Run `python *arguments` in a folder: `[-W error] script.py ...` or `-c code ...`; packages may be made absent.

    Fails with the script's own words if it fails, unless `check` is off.
    """
    if hasattr(os, "fork"):
        done = _server(absent).run(arguments, folder)
    else:
        command = [sys.executable, *arguments]
        done = subprocess.run(
            command, cwd=folder, capture_output=True, encoding="utf-8", timeout=SECONDS, check=False, env=_environment()
        )
    assert done.returncode == 0 or not check, f"exit code {done.returncode}\n{done.stderr[-4000:]}"
    return done


def _environment() -> dict[str, str]:
    return {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | UTF8


@cache
def _server(absent: tuple[str, ...]) -> "_Server":
    return _Server(absent)


class _Server:
    """The process that forks. It is asked in lines of JSON, and answers with the exit codes of its children."""

    def __init__(self, absent: tuple[str, ...]) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(
            [sys.executable, "-c", SERVER, ",".join(absent)],
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8", env=_environment(), cwd=self.folder.name,
        )  # fmt: skip
        atexit.register(self.close)

    def run(self, arguments: tuple[str, ...], folder: Path) -> subprocess.CompletedProcess[str]:
        out, err = (Path(self.folder.name) / name for name in ("out", "err"))
        asked = {"arguments": arguments, "folder": str(folder), "out": str(out), "err": str(err), "seconds": SECONDS}
        self.process.stdin.write(json.dumps(asked) + "\n")
        self.process.stdin.flush()
        answer = self.process.stdout.readline()
        assert answer, "the process that runs scripts has ended"
        texts = (path.read_text(encoding="utf-8") for path in (out, err))
        return subprocess.CompletedProcess(arguments, int(answer), *texts)

    def close(self) -> None:
        self.process.stdin.close()
        self.process.wait(timeout=60)
        self.folder.cleanup()
