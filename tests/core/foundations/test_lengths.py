"""Texts of different lengths as vectors of one length, beside torch's padding and scikit-learn's counts."""

import numpy as np
import pandas as pd
import pytest
import torch
from sklearn.feature_extraction.text import CountVectorizer

from core.errors import InputError
from core.foundations.lengths import SENTENCES, fixed_vectors, tokenise, varied_texts

TEXTS = [str(sentence) for sentence in SENTENCES]


@pytest.mark.parametrize("length", [1, 3, 5, 12, 20])
def test_the_padded_vectors_are_those_of_torch_cut_to_the_length(length):
    found = fixed_vectors(TEXTS, length)
    number = {token: at + 1 for at, token in enumerate(found.vocabulary)}
    rows = [torch.tensor([number[token] for token in text.split()]) for text in TEXTS]
    padded = torch.nn.utils.rnn.pad_sequence([*rows, torch.zeros(length, dtype=torch.int64)], batch_first=True)
    np.testing.assert_array_equal(found.padded, padded[:-1, :length].numpy())
    assert found.cut == sum(max(len(row) - length, 0) for row in rows)
    assert found.empty == (found.padded == 0).sum() == sum(max(length - len(row), 0) for row in rows)


def test_the_means_are_the_counts_of_scikit_learn_by_their_sum():
    counter = CountVectorizer(token_pattern=r"\w+")
    counts = counter.fit_transform(TEXTS).toarray()
    found = fixed_vectors(TEXTS, 5)
    assert list(found.vocabulary) == sorted(counter.vocabulary_)
    np.testing.assert_allclose(found.means, counts / counts.sum(axis=1, keepdims=True))


def test_the_means_are_those_of_one_hot_vectors_in_torch():
    found = fixed_vectors(TEXTS, 5)
    number = {token: at for at, token in enumerate(found.vocabulary)}
    for text, mean in zip(TEXTS, found.means, strict=True):
        one_hot = torch.nn.functional.one_hot(torch.tensor([number[token] for token in text.split()]), len(number))
        np.testing.assert_allclose(mean, one_hot.double().mean(dim=0).numpy())


def test_the_mean_forgets_the_order_and_the_repeats():
    assert fixed_vectors(TEXTS, 5).same_mean == ((0, 1),)
    assert fixed_vectors(["no no", "no", "yes"], 3).same_mean == ((0, 1),)
    assert fixed_vectors(["a b", "a b"], 3).same_mean == (), "the same text is no loss"


def test_cutting_makes_texts_alike_whose_ends_differ():
    assert fixed_vectors(TEXTS, 2).same_padded == ((2, 3),)
    assert fixed_vectors(TEXTS, 5).same_padded == ()


def test_single_words_are_sequences_of_characters():
    assert tokenise(["Adelie", "Gen too"][:1]) == (tuple("adelie"),)
    assert tokenise(["one two", "three"]) == (("one", "two"), ("three",))


def test_a_text_without_words_is_all_padding():
    found = fixed_vectors(["a b", "", "…"], 4)
    assert found.padded[1:].sum() == 0
    assert found.means[1:].sum() == 0
    assert np.isfinite(found.means).all()


@pytest.mark.parametrize(("texts", "length", "words"), [([], 3, "at least one word"), (["", "  "], 3, "at least one"),
                                                        (["a"], 0, "at least 1")])  # fmt: skip
def test_bad_texts_end_in_a_sentence(texts, length, words):
    with pytest.raises(InputError, match=words):
        fixed_vectors(texts, length)


def test_texts_of_a_column_are_taken_from_short_to_long_without_repeats_and_missing_cells():
    column = pd.Series(["bb", None, "a", "bb", "cccc", "x" * 1000])
    texts = varied_texts(column, most=3)
    assert [len(text) for text in texts] == sorted(len(text) for text in texts)
    assert texts[0] == "a"
    assert len(texts) == len(set(texts)) == 3
    assert max(map(len, texts)) < 1000
    assert varied_texts(pd.Series([None, None], dtype="str")) == []
