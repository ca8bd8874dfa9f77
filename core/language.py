"""Every sentence that a person reads passes through here, so that a second language is a catalogue.

English is the source. A catalogue lies at `core/locale/<language>/LC_MESSAGES/descent_lab.mo`; the language is chosen
by the environment (`LANGUAGE`, `LC_ALL`, `LC_MESSAGES`, `LANG`), as gettext does. Without a catalogue the source
text stands.

Sentences are whole and have named placeholders, filled after translation:

>>> _("The table has {rows} rows.").format(rows=4)
'The table has 4 rows.'
>>> ngettext("{count} row was left out.", "{count} rows were left out.", 2).format(count=2)
'2 rows were left out.'
"""

import gettext
from pathlib import Path

_catalogue = gettext.translation("descent_lab", Path(__file__).parent / "locale", fallback=True)

_ = _catalogue.gettext
ngettext = _catalogue.ngettext


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for it
    """Mark a text for translation where it is shown, in a table that is built at import."""
    return message
