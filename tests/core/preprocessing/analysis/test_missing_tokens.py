"""What read_csv takes for missing is asked of read_csv."""

import io

import pandas as pd
import pytest

from core.errors import InputError
from core.preprocessing.analysis.missing_tokens import default_tokens, read_tokens

NOTES = ["NA", "N/A", "null", "None", "nan", "", "none", "-", "na"]


def test_the_usual_spellings_are_missing_by_default_and_text_where_asked():
    table = read_tokens(", ".join(NOTES)).table.set_index("token")
    assert table["default"].to_dict() == {token: token not in ("none", "-", "na") for token in NOTES}
    assert not table["kept"].any()
    assert table.index[table["named"]].tolist() == ["NA"]


@pytest.mark.parametrize("token", [*NOTES, "#N/A", "<NA>", "NaN", "NAN", "?", "missing", "0", "1e5", "'", "ä"])
def test_each_token_is_read_as_in_a_file_of_its_own(token):
    read = pd.read_csv(io.StringIO(f"k,cell\n0,{token}\n1,word\n"))
    kept = pd.read_csv(io.StringIO(f"k,cell\n0,{token}\n1,word\n"), keep_default_na=False)
    row = read_tokens(token).table.iloc[0]
    assert (row["default"], row["kept"]) == (bool(read["cell"].isna()[0]), bool(kept["cell"].isna()[0]))


def test_the_defaults_are_those_of_the_installed_pandas():
    from pandas._libs.parsers import STR_NA_VALUES

    assert set(default_tokens()) == set(STR_NA_VALUES)


@pytest.mark.parametrize("text", ['"', "a\nb", "x" * 41, ",".join("a" * 21), "\ud800", "\0"])
def test_what_no_cell_can_hold_is_refused(text):
    with pytest.raises(InputError, match=r"\.$"):
        read_tokens(text)
