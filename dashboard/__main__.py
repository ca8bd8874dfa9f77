"""`descent-lab`, or `python -m dashboard`: start the lab.

`--version` prints the version. Further arguments go to Streamlit, for example `descent-lab --server.port 8600`.
"""

import os
import subprocess
import sys

from core import __version__
from dashboard import HOME, PACKAGE


def main() -> int:
    """Start Streamlit in the folder of its settings, in any working directory. In a checkout edits in core/ reload."""
    if "--version" in sys.argv[1:]:
        print(f"Descent Lab {__version__}")
        return 0
    command = [sys.executable, "-P", "-m", "streamlit", "run", str(PACKAGE / "app.py"), *sys.argv[1:]]
    try:
        return subprocess.run(command, cwd=HOME, env=_environment(), check=False).returncode
    except KeyboardInterrupt:
        return 0


def _environment() -> dict[str, str]:
    """Return the environment, in a checkout with the root on the path, which Streamlit watches."""
    if HOME == PACKAGE:
        return dict(os.environ)
    return {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, [str(HOME), os.environ.get("PYTHONPATH")]))}


if __name__ == "__main__":
    sys.exit(main())
