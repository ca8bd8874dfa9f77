"""Earlier names of what `core.formatting` writes."""

from core.formatting import format_duration as duration
from core.formatting import format_latex as latex
from core.formatting import format_number as figure
from core.formatting import format_size as size
from core.formatting import latex_name

__all__ = ["duration", "figure", "latex", "latex_name", "size"]
