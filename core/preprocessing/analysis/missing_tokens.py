"""Which spellings `pd.read_csv` takes for a missing value, tried on a file of them."""

from dataclasses import dataclass

import pandas as pd

from core.code_runner import Execution, run
from core.errors import InputError
from core.language import _

MOST_TOKENS, LONGEST_TOKEN = 20, 40
DOCUMENTED = (
    "", " ", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "-NaN", "-nan", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA",
    "NULL", "NaN", "None", "n/a", "nan", "null",
)  # fmt: skip
WAYS = {
    "default": "data = pd.read_csv(data_file)",
    "kept": "data = pd.read_csv(data_file, keep_default_na=False)",
    "named": "data = pd.read_csv(data_file, keep_default_na=False, na_values=['NA'])",
}


@dataclass(frozen=True, eq=False)
class TokenReading:
    """What three calls of `read_csv` make of the same tokens.

    Attributes:
        file: the text of the file, a token a line.
        runs: the calls, run, by their names in `WAYS`.
        table: one row per token: token, and for each call whether it is missing.
    """

    file: str
    runs: dict[str, Execution]
    table: pd.DataFrame


def read_tokens(text: str) -> TokenReading:
    """Read tokens, separated by commas, as cells of a column of text; an empty one is an empty cell.

    The column has a word more, so that it is one of text whatever the tokens are. Raises InputError for more than 20
    tokens, for one longer than 40 characters, and for one with a quotation mark or a line break.

    >>> read_tokens("NA, none").table["default"].tolist()
    [True, False]
    """
    tokens = [token.strip() for token in text.split(",")]
    if len(tokens) > MOST_TOKENS:
        raise InputError(_("At most {most} tokens can be tried; got {count}.").format(
            most=MOST_TOKENS, count=len(tokens)
        ))  # fmt: skip
    for token in tokens:
        if len(token) > LONGEST_TOKEN or any(mark in token for mark in '"\n\r\0') or not _is_writable(token):
            raise InputError(
                _(
                    "A token has to be at most {most} characters on one line, without a quotation mark; got {token}."
                ).format(most=LONGEST_TOKEN, token=repr(token[:LONGEST_TOKEN]))
            )
    file = "place,cell\n" + "".join(f"{place},{token}\n" for place, token in enumerate([*tokens, "word"]))
    runs, table = {}, pd.DataFrame({"token": tokens})
    for name, code in WAYS.items():
        lines = "import io\nimport pandas as pd\n\ndata_file = io.StringIO(file)\n" + code
        runs[name], variables = run(lines, {"file": file}, ["data"])
        table[name] = variables["data"]["cell"].isna().to_numpy()[:-1]
    return TokenReading(file, runs, table)


def default_tokens() -> tuple[str, ...]:
    """Return the spellings of pandas' documentation that its installed version takes for missing."""
    file = "place,cell\n" + "".join(f"{place},{token}\n" for place, token in enumerate([*DOCUMENTED, "word"]))
    _execution, variables = run(
        "import io\nimport pandas as pd\ndata = pd.read_csv(io.StringIO(file))", {"file": file}, []
    )
    missing = variables["data"]["cell"].isna()
    return tuple(token for token, gap in zip(DOCUMENTED, missing, strict=False) if gap)


def _is_writable(token: str) -> bool:
    return token.encode("utf-8", "ignore").decode() == token
