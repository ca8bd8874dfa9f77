"""A picture is a vector."""

from core.language import _
from dashboard.ui.page import explained, heading


@explained
def render() -> None:
    """Draw the screen."""
    heading(_("A picture is a vector"), _("A picture is a vector."))
