"""The glossary: terms are whole, links lead to views that exist, and what is typed is shown literally."""

import re
from itertools import pairwise

import pytest
import torch

from core.term_search import fold
from dashboard.screens import SCREENS
from dashboard.screens.glossary.terms import TOPICS, destination, destination_label, nearest, search, terms_on
from dashboard.visit import settings

TERMS = terms_on("all")
PATHS = {screen.path for screen in SCREENS}
# A word of each kind of thing that the four days are about.
SUBJECTS = """
CSV; path; absolute path; relative path; feature; label; sample; missing value; imputation; mean imputation; one-hot;
category; tensor; dtype; NaN; leakage; standardisation; scalar; vector; matrix; axis; shape; dimension; broadcasting;
slicing; Hadamard; dot product; matrix-vector; matrix-matrix; transpose; reduction; keepdims; cumsum; L1; L2; Frobenius;
max norm; spectral; in-place; view; copy; limit; difference quotient; derivative; differentiable; differential; tangent;
secant; partial derivative; gradient; directional derivative; chain rule; Jacobian; numerator layout;
denominator layout; Taylor; graph; leaf; backward; forward mode; reverse mode; detach; requires_grad; zeroing gradients;
vjp; jvp; affine; weight; bias; loss; squared loss; objective; argmin; closed form; normal equations; rank;
condition number; SGD; minibatch; batch; epoch; step; learning rate; convergence; divergence; hyperparameter;
prediction; generalisation; overfitting; training set; test set; residual; standard error; confidence interval;
maximum likelihood; Gaussian noise; momentum; Adam; channel; feature vector; neuron; sigmoid; activation function;
saturation; logistic regression; cross-entropy; separable classes; threshold; precision; recall; calibration; softmax;
normal distribution; Laplace distribution; median; mid-range; dense layer; hidden layer; deep learning; dead ReLU;
label noise; class imbalance; local minimum; representation; convolution; padding; model family; learning algorithm;
supervised learning; nonparametric model; clustering; k-means; principal components; causal graph;
generative adversarial network; multi-label classification; hierarchical classification; search; recommendation;
sequence learning; regret;
multi-armed bandit; contextual bandit; Markov decision process; reinforcement learning; policy; online learning
"""


def names(terms):
    return [str(term.name) for term in terms]


def test_every_subject_of_the_four_days_is_the_name_or_a_synonym_of_a_term():
    known = {fold(word) for term in TERMS for text in (term.name, term.also, term.finds) for word in text.split(", ")}
    titles = " ".join(map(fold, names(TERMS)))
    asked = [" ".join(each.split()) for each in SUBJECTS.split(";")]
    assert len(asked) > 90
    assert [each for each in asked if fold(each) not in known and fold(each) not in titles] == []


def test_no_term_stands_twice_and_no_definition_either():
    assert len(TERMS) >= 110
    assert len({fold(name) for name in names(TERMS)}) == len(TERMS)
    assert len({term.meaning for term in TERMS}) == len(TERMS)


def test_no_synonym_is_the_name_of_another_term():
    titles = set(map(fold, names(TERMS)))
    assert [word for term in TERMS for word in term.also.split(", ") if word and fold(word) in titles] == []


@pytest.mark.parametrize("topic", TOPICS)
def test_terms_of_a_topic_stand_in_order(topic):
    keys = [name.casefold() for name in names(terms_on(topic))]
    assert keys
    assert all(first < second for first, second in pairwise(keys))


def test_a_definition_is_one_or_two_sentences_or_three_short_ones():
    for term in TERMS:
        assert term.meaning.endswith((".", ")")), term.name
        assert len(term.meaning) <= 260, term.name
        assert len(re.findall(r"[.:] [A-Z]", term.meaning)) <= 3, term.name


def test_every_link_leads_to_a_screen_and_to_values_that_its_settings_have():
    for term in TERMS:
        path, choices = destination(term)
        assert path in PATHS, term.name
        for key, value in choices.items():
            assert value in settings.KNOBS[key].options, (term.name, key, value)
            assert key.startswith(f"{path.replace('-', '_')}_"), (term.name, key)
        assert destination_label(term)


def test_a_second_choice_belongs_to_the_view_that_is_opened():
    """A lesson is drawn by one view only, so a link that chooses a lesson chooses that view too."""
    lessons = {
        "autograd_lesson": "lessons", "compare_diagnostic": "diagnostics", "tensors_join_how": "joining",
        "tensors_memory_about": "memory", "products_meaning": "dot", "products_making": "clone",
        "products_matrix_by": "matrix_matrix", "calculus_layout": "layouts", "reductions_how": "collapse",
        "problems_kind": "kind",
    }  # fmt: skip
    for term in TERMS:
        path, choices = destination(term)
        assert choices.get("train_view") == ("watch" if "train_closer" in choices else choices.get("train_view"))
        for key in choices.keys() & lessons.keys():
            assert choices[f"{path}_view"] == lessons[key], term.name
        assert {key for key in choices if not key.endswith(("_view", "_closer"))} <= lessons.keys(), term.name


def test_every_see_also_is_another_term():
    titles = set(names(TERMS))
    for term in TERMS:
        assert set(term.see) <= titles - {str(term.name)}, term.name


def test_every_name_of_torch_exists():
    dotted = {name for term in TERMS for name in re.findall(r"\btorch(?:\.\w+)+", term.code)}
    assert len(dotted) > 50
    for name in sorted(dotted):
        found = torch
        for part in name.split(".")[1:]:
            found = getattr(found, part, None)
        assert found is not None, name
    methods = {name for term in TERMS for name in re.findall(r"\bTensor\.(\w+)", term.code)}
    assert [name for name in methods if not hasattr(torch.Tensor, name)] == []


def test_a_term_is_the_first_to_be_found_by_its_name():
    for term in TERMS:
        name = str(term.name)
        for typed in (name.upper(), name.replace("-", "").replace(" ", "-")):
            assert search(typed, TERMS)[0] is term, typed


def test_synonyms_code_and_misspellings_lead_to_the_term():
    assert "L2 norm" in names(search("vector_norm", TERMS))
    assert "one-hot encoding" in names(search("get_dummies", TERMS))
    assert names(search("covariate", TERMS)) == ["feature"]
    assert "learning rate" in names(search("η", TERMS))
    assert "gradient accumulation" in names(search("add up", TERMS))
    assert names(nearest("jacobean", TERMS))[0] == "Jacobian"
    assert names(nearest("minibach", TERMS))[0] == "minibatch"


def bold(screen):
    return [match[1] for element in screen.app.markdown if (match := re.match(r"\*\*(.+?)\*\*", element.value))]


def test_the_screen_shows_all_terms_by_topic_each_with_a_link(open_screen):
    screen = open_screen("glossary")
    assert [header.value for header in screen.app.header] == [
        "Foundations", "Learning problems", "Preprocessing", "Linear algebra", "Calculus", "Autograd",
        "Linear regression",
    ]  # fmt: skip
    assert bold(screen) == [name for topic in TOPICS for name in names(terms_on(topic))]
    links = screen.app.get("page_link")
    assert len(links) == len(TERMS)
    at = bold(screen).index("unit ball")
    proto = links[at].proto
    assert (proto.page, proto.label, proto.query_string) == (
        "norms", "Norms · The unit ball", "norms_view=ball&opens=norms_view",
    )  # fmt: skip
    screen.turn("button_group", "glossary_topic", "calculus")
    assert bold(screen) == names(terms_on("calculus"))


def test_a_search_shows_what_it_finds_and_the_nearest_where_it_finds_nothing(open_screen):
    screen = open_screen("glossary", glossary_search="vector_norm")
    assert bold(screen) == names(search("vector_norm", TERMS))
    assert f"{len(bold(screen))} terms." in screen.words
    screen.turn("text_input", "glossary_search", "jacobean matrx")
    assert "The nearest are: Jacobian" in screen.words
    assert bold(screen)[0] == "Jacobian"
    screen.turn("text_input", "glossary_search", "qqqqqq")
    assert "No term matches “qqqqqq”, and none has a name like it." in screen.words
    assert bold(screen) == []
    screen.turn("text_input", "glossary_search", "")
    assert len(bold(screen)) == len(TERMS)


def test_a_search_on_one_topic_finds_what_stands_on_another(open_screen):
    screen = open_screen("glossary", glossary_search="epoch", glossary_topic="calculus")
    assert "Nothing on calculus matches" in screen.words
    assert "epoch" in bold(screen)


@pytest.mark.parametrize(
    "typed", ["**bold** zzqq", "<b>zzqq</b>", "[zzqq](http://example.com)", "$zz_qq^2$", ":red[zzqq]", "`zzqq`",
              "# zzqq", "zzqq " * 5000, "\x00zzqq", "{zzqq}", "zzqq\n\n- a"],
)  # fmt: skip
def test_what_is_typed_is_shown_literally(open_screen, typed):
    screen = open_screen("glossary", glossary_search=typed)
    (info,) = screen.app.info
    assert "zz" in info.value
    unescaped = re.sub(r"\\.|[:@]\u2060", "", info.value)
    assert not re.search(r"[*<>`$#\[\]{}]", unescaped)
    assert len(info.value) < 400
    others = [element.value for kind in ("markdown", "caption", "text") for element in getattr(screen.app, kind)]
    assert not any("zz" in text for text in others)
