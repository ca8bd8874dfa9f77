"""The screens of Descent Lab: they draw what `core` computes."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# The folder with the settings, .streamlit/, and the samples, data/: the package once installed, in a checkout the one above.
HOME = PACKAGE if (PACKAGE / ".streamlit").is_dir() else PACKAGE.parent
