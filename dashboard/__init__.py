"""The screens of Descent Lab: they draw what `core` computes."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# The folder of .streamlit/ and data/: the package once installed, its parent in a checkout.
HOME = PACKAGE if (PACKAGE / ".streamlit").is_dir() else PACKAGE.parent
