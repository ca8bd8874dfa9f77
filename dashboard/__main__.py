"""`python -m dashboard`: start the lab.

Further arguments go to Streamlit, for example `python -m dashboard --server.port 8600`.
"""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def main() -> int:
    """Start Streamlit in the root, where its settings lie, with the root on the path so that edits in core/ reload."""
    path = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    command = [sys.executable, "-m", "streamlit", "run", "dashboard/app.py", *sys.argv[1:]]
    try:
        return subprocess.run(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": path}, check=False).returncode
    except KeyboardInterrupt:
        return 0


if __name__ == "__main__":
    sys.exit(main())
