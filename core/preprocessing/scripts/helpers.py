"""Small functions that a script defines when it needs them."""

from inspect import getsource
from typing import TYPE_CHECKING

from core.preprocessing.reading.sheets import cell_text
from core.preprocessing.reading.table import Reading
from core.preprocessing.scripts.parquet import AS_NUMBERS, AS_TEXT

if TYPE_CHECKING:
    from core.preprocessing.recipes.fitted import FittedRecipe

SCALED = '''\
def scaled(values, centre, spread):
    """Return the values in units of the spread; one beyond the range of float64 becomes the largest there is."""
    return np.clip((values - centre) / spread, -sys.float_info.max, sys.float_info.max)
'''
SIGNED_LOG = '''\
def signed_log(values):
    """Return the logarithm of 1 + |x| with the sign of x: finite for every number."""
    return np.sign(values) * np.log1p(np.abs(values))
'''


def write_helpers(fitted: "FittedRecipe", reading: Reading) -> list[str]:
    """Return the functions that this recipe needs, each with two blank lines around it."""
    scales = {column.plan.scale for column in fitted.columns}
    needed = []
    if reading.format == "excel":
        needed.append(getsource(cell_text))  # the very rule by which the lab reads a sheet
    if reading.format == "parquet":
        needed += [AS_TEXT, AS_NUMBERS]
    if scales - {"none", "log"}:
        needed.append(SCALED)
    if "log" in scales:
        needed.append(SIGNED_LOG)
    return ["\n" + "\n\n".join(needed)] if needed else []
