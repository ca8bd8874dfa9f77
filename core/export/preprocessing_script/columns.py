"""The lines of a script that convert cells to values: stripped text, numbers in any format, dates.

They repeat `core.preprocessing.column_types` with pandas alone.
"""

from collections.abc import Iterator, Sequence

from core.export.preprocessing_script.literals import WIDTH, literal, write_list
from core.export.preprocessing_script.parquet import is_native, write_native
from core.export.preprocessing_script.reading import is_cut_by_pandas
from core.preprocessing.column_types.date_parsing import LATE, date_pattern
from core.preprocessing.column_types.number_formats import (
    BLANK,
    BLANKS,
    SEXAGESIMAL_PARTS,
    Step,
    number_pattern,
    number_steps,
)
from core.preprocessing.column_types.numbers import code_values
from core.preprocessing.schema import ColumnReading, DateFormat, NumberFormat, Reading


def dtype_in_read_csv(reading: Reading, column: ColumnReading, is_number: bool) -> str:
    """Return the dtype in which `pandas.read_csv` can read a column at once: plain numbers as float64, else text.

    Of a sample only its own rows are known: all cells are read as text until it is drawn.
    """
    by_itself = is_number and column.conversion is None and column.guessed and not column.stripped
    by_itself = by_itself and reading.sample is None
    return "float64" if by_itself and is_cut_by_pandas(reading) else "str"


def write_values(reading: Reading, column: ColumnReading, is_number: bool) -> Iterator[str]:
    """Write the lines that set the values of a column in the table, missing where the lab reads them as missing."""
    place = f"table[{literal(column.name)}]"
    if reading.format == "parquet":
        if is_native(column, is_number):
            yield from write_native(column, is_number, _codes(reading, column, NumberFormat()))
            return
        yield f'{place} = {place}.astype(object).map(as_text, na_action="ignore").astype("str")'
    if dtype_in_read_csv(reading, column, is_number) == "float64":
        yield from _mask_codes(place, _codes(reading, column, NumberFormat(reading.decimal)))
        if column.infinite:
            yield f"{place} = {place}.replace([np.inf, -np.inf], np.nan)"
        return
    yield from _clean_texts(place, reading, column)
    if column.composed:
        yield f'{place} = {place}.str.normalize("NFC")'
    if is_number:
        yield from _write_numbers(place, reading, column)
    elif isinstance(column.conversion, DateFormat):
        yield from _write_dates(place, column, column.conversion)


def _clean_texts(place: str, reading: Reading, column: ColumnReading) -> Iterator[str]:
    """Strip blanks and replace missing tokens, unless opening the file did so already."""
    tokens = list(column.codes)
    if reading.format == "parquet" or (is_cut_by_pandas(reading) and column.stripped):
        yield f"{place} = {place}.str.strip()"
        tokens = [*(token for token in reading.missing if token not in column.kept), *tokens]
    if tokens:
        yield f"{place} = {place}.mask({place}.isin({write_list(tokens)}))"


def _write_numbers(place: str, reading: Reading, column: ColumnReading) -> Iterator[str]:
    spelled = column.conversion if isinstance(column.conversion, NumberFormat) else NumberFormat(reading.decimal)
    yield from _write_replacements(place, spelled.steps)
    if not column.guessed:
        yield f"{place} = {place}.where({place}.str.fullmatch({literal(number_pattern(spelled))}))  # numbers only"
    steps = [
        f".str.replace({literal(step.old)}, {literal(step.new)}, regex={step.regex})"
        for step in _with_blanks_as_one(number_steps(spelled))
    ]
    if spelled.sexagesimal:
        yield from _write_chain(place, steps)
        yield f"parts = {place}.str.extract({literal(SEXAGESIMAL_PARTS)})  # sign, hours, minutes, seconds"
        yield 'hours, minutes, seconds = (parts[place].astype("float64") for place in (1, 2, 3))'
        yield 'signs = parts[0].map({"-": -1.0, "": 1.0}).astype("float64")'
        yield f"{place} = (hours.fillna(0.0) * 3600 + minutes * 60 + seconds) * signs"
    else:
        divided = " / 100" if spelled.percent else ""
        yield from _write_chain(place, [*steps, f'.astype("float64"){divided}'])
    if column.infinite:
        yield f"{place} = {place}.replace([np.inf, -np.inf], np.nan)"
    yield from _mask_codes(place, _codes(reading, column, spelled))


def _write_replacements(place: str, steps: Sequence[tuple[str, str]]) -> Iterator[str]:
    if steps:
        calls = [f".str.replace({literal(old)}, {literal(new)}, regex=True)" for old, new in steps]
        yield from _write_chain(place, calls)


def _with_blanks_as_one(steps: Sequence[Step]) -> Iterator[Step]:
    """Yield the steps, with successive removals of blanks joined into one."""
    for step in steps:
        if step.old not in BLANKS:
            yield step
        elif step.old == BLANKS[0]:
            yield Step(BLANK, "", regex=True)


def _write_chain(place: str, calls: Sequence[str]) -> Iterator[str]:
    """Write chained calls on the values of a column, on one line if short."""
    line = f"{place} = {place}{''.join(calls)}"
    if len(line) <= WIDTH:
        yield line
    else:
        yield f"{place} = ("
        yield f"    {place}"
        yield from (f"    {call}" for call in calls)
        yield ")"


def _codes(reading: Reading, column: ColumnReading, spelled: NumberFormat) -> list[float]:
    """Return the tokens for missing that are numbers: numbers match them by value."""
    return list(dict.fromkeys(code_values((*reading.missing, *column.codes), spelled).tolist()))


def _mask_codes(place: str, codes: Sequence[float]) -> Iterator[str]:
    if codes:
        yield f"{place} = {place}.mask({place}.isin({write_list(codes)}))  # codes for missing"


def _write_dates(place: str, column: ColumnReading, spelled: DateFormat) -> Iterator[str]:
    """Write how dates are read; if the kind was chosen, cells in another format become missing first."""
    if spelled.late:
        yield f"late = {place}.str.fullmatch({literal(LATE)}).fillna(False).astype(bool)  # 24:00 ends a day"
    yield from _write_replacements(place, spelled.steps)
    arguments = f"format={literal(spelled.format)}{', utc=True' if spelled.utc else ''}"
    if not column.guessed:
        yield f"{place} = {place}.where({place}.str.fullmatch({literal(date_pattern(spelled.format))}))  # dates only"
        arguments += ', errors="coerce"'
    local = ".dt.tz_localize(None)" if spelled.utc else ""
    yield f'{place} = pd.to_datetime({place}, {arguments}){local}.astype("datetime64[us]")'
    if spelled.late:
        yield f'{place} = {place}.mask(late, {place} + pd.Timedelta(days=1)).astype("datetime64[us]")'
