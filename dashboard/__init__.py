"""The screens of Descent Lab: they draw what `core` computes."""

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
# Where the settings, .streamlit/, and the samples, data/, lie: in the package once installed, above it in a checkout.
HOME = PACKAGE if (PACKAGE / ".streamlit").is_dir() else PACKAGE.parent
