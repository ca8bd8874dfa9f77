"""Paths: how parts are joined, and which file a spelling means from a working directory."""

from core.language import _
from dashboard.screens.paths import folders, joining, spellings
from dashboard.ui.page import explained, heading, link


@explained
def render() -> None:
    """Draw the screen."""
    heading(
        _("Paths"),
        _(
            "A path is text that leads to a file: from the root of the disk, or from the working directory. The first "
            "two parts work on the text alone, as if no folder were a link to another. The third runs its lines in an "
            "empty folder."
        ),
    )
    joining.draw_joining()
    spellings.draw_spellings()
    folders.draw_folders()
    link("then-and-now", _("The book's lines that use these paths"))
