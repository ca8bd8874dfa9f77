"""Searching a glossary: what is typed is found however it is spelt, and what is like it when nothing matches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.term_search import Entry, find_terms, fold, nearest_terms

ENTRIES = [
    Entry(("one-hot encoding", "dummy coding", "pd.get_dummies"), "A column for each category."),
    Entry(("norm",), "A measure of size, such as torch's."),
    Entry(("L2 norm", "Euclidean norm", "torch.linalg.vector_norm(x)"), "The root of the sum of squared entries."),
    Entry(("gradient", "∇"), "The vector of all partial derivatives."),
    Entry(("R²", "coefficient of determination"), "The share of the variance explained, by Müller."),
]
NAMES = [name for entry in ENTRIES for name in entry.names]


@pytest.mark.parametrize(
    ("query", "found"),
    [("One Hot", [0]), ("ONE-HOT", [0]), ("onehot", [0]), ("one‑hot", [0]), ("ｏｎｅ－ｈｏｔ", [0]),
     ("vector_norm", [2]), ("vector norm", [2]), ("torch.linalg.vector_norm", [2]), ("get_dummies", [0]),
     ("norm", [1, 2]), ("∇", [3]), ("r2", [4]), ("R²", [4]), ("muller", [4]), ("MÜLLER", [4]),
     ("partial derivative", [3]), ("squared root", [2]), ("variance norm", []), ("xyz", []), ("**", []), ("\x00", [])],
)  # fmt: skip
def test_a_term_is_found_by_name_synonym_code_and_words_of_its_definition(query, found):
    assert find_terms(query, ENTRIES) == found


@pytest.mark.parametrize("nothing", ["", "  ", "-", "—_", "\u200b", "\n\t"])
def test_asking_for_nothing_returns_all(nothing):
    assert find_terms(nothing, ENTRIES) == list(range(len(ENTRIES)))


@given(st.sampled_from(NAMES), st.data())
def test_case_accents_hyphens_and_spaces_do_not_count(name, data):
    changed = "".join(data.draw(st.sampled_from([c, c.upper(), c + "-", c + "\u0301", " " + c])) for c in name)
    expected = next(place for place, entry in enumerate(ENTRIES) if name in entry.names)
    assert find_terms(changed, ENTRIES)[0] == expected


@given(st.text(max_size=60))
def test_any_text_gets_places_each_once(query):
    for found in (find_terms(query, ENTRIES), nearest_terms(query, ENTRIES)):
        assert len(set(found)) == len(found)
        assert set(found) <= set(range(len(ENTRIES)))
    assert fold(fold(query)) == fold(query)


def test_a_misspelt_name_gets_the_terms_like_it_the_nearest_first():
    assert nearest_terms("gradeint", ENTRIES) == [3]
    assert nearest_terms("the gradiemt please", ENTRIES) == [3]
    assert nearest_terms("eucledean norms", ENTRIES)[0] == 2
    assert nearest_terms("zzzzzz", ENTRIES) == []
    assert nearest_terms("", ENTRIES) == []
    assert nearest_terms("norm", []) == []


def test_a_query_of_a_million_characters_gets_an_answer():
    assert find_terms("norm " * 200_000, ENTRIES) == [1, 2]
    assert nearest_terms("z" * 1_000_000, ENTRIES) == []
