"""Noise and squared loss."""

from core.language import _
from dashboard.ui.page import explained, heading


@explained
def render() -> None:
    """Draw the screen."""
    heading(_("Noise and squared loss"), _("Noise and squared loss."))
