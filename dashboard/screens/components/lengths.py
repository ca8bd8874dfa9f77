"""Data of different lengths: padding, cutting, averaging, and what each loses."""

import streamlit as st

from core.formatting import format_count, format_percent, latex_name
from core.foundations.lengths import SENTENCES, FixedVectors, columns_of_texts, fixed_vectors
from core.language import _
from dashboard.pipeline import tables
from dashboard.scenes.lengths.scene import lengths_scene
from dashboard.ui import controls, lesson, page, scenes
from dashboard.ui.escape import escape_markdown
from dashboard.ui.examples import Examples, examples
from dashboard.ui.traps import trap
from dashboard.visit import state
from dashboard.visit.cache import cache_resource

COLUMN = "components_text_column"


def draw_lengths() -> None:
    """Draw the texts as vectors of one length, and as means."""
    st.markdown(
        _("A model such as Xw + b takes vectors of one length. Texts, sounds and films have many. Move the length: "
          "short texts are **padded**, long ones **cut**. Or **average** the tokens, and lose their order.")
    )  # fmt: skip
    examples("components_lengths", _examples())
    with st.container(horizontal=True, vertical_alignment="bottom"):
        source = controls.either("components_text", _("Texts"))
        length = int(controls.slider("components_length", _("Length of the vector")))
    texts = _texts(source)
    found = fixed_vectors(texts, length)
    _draw_figures(found)
    scenes.lengths(lengths_scene(found, length), "components_lengths")
    places = latex_name(_("places"))
    st.latex(
        rf"\begin{{aligned}} {places} &= n \cdot L = {len(texts)} \cdot {length} = {found.padded.size} \\ "
        rf"&= {found.padded.size - found.empty} + {found.empty} \end{{aligned}}"
    )
    lesson.code(code(found, length))
    lesson.traps(_traps)
    st.caption(
        _("It takes for granted that one number for a word is enough to begin with. Models that read a sequence of "
          "any length, one token at a time or with attention, keep the order and need no cut.")
    )  # fmt: skip
    page.link("tensors", _("Why a tensor has no ragged rows"))


def _texts(source: str) -> list[str]:
    """Return the texts to look at: those of a column of the table, or the built-in ones where it has none."""
    if source == "column":
        columns = _columns(tables.table_key())
        if columns:
            if state.get(COLUMN) not in columns:
                state.put(COLUMN, next(iter(columns)))
            name = str(st.selectbox(_("Column"), list(columns), key=COLUMN, bind=state.bound(COLUMN)))
            st.caption(escape_markdown(_("Cells of the column {name}, from short to long.").format(name=name)))
            return columns[name]
        st.caption(_("This table has no column of texts with different numbers of words; the built-in sentences are "
                     "shown."))  # fmt: skip
    return [str(sentence) for sentence in SENTENCES]


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _columns(key: str) -> dict[str, list[str]]:
    return columns_of_texts(tables.table().frame)


def _examples() -> Examples:
    return {
        _("Long enough for all"): {"components_text": "built_in", "components_length": 12},
        _("Fails: cut too short"): {"components_text": "built_in", "components_length": 2},
        _("Between the two"): {"components_text": "built_in", "components_length": 5},
    }


def _draw_figures(found: FixedVectors) -> None:
    pairs = len(found.same_mean)
    page.boxes(
        [
            (_("Tokens cut off"), format_percent(found.share_cut)),
            (_("Places that are padding"), format_percent(found.share_empty)),
            (_("Pairs with the same mean"), format_count(pairs), _("Different texts that averaging makes one vector.")),
        ]
    )


def code(found: FixedVectors, length: int) -> str:
    """Return the lines for torch: pad, cut, average."""
    numbers = {token: at + 1 for at, token in enumerate(found.vocabulary)}
    rows = [[numbers[token] for token in text] for text in found.tokens]
    return f"""import torch

length, vocabulary = {length}, {len(found.vocabulary)}
texts = [torch.tensor(row, dtype=torch.int64) for row in {rows}]
empty = torch.zeros(length, dtype=torch.int64)
padded = torch.nn.utils.rnn.pad_sequence([*texts, empty], batch_first=True)[:-1, :length]  # pad, then cut
one_hot = [torch.nn.functional.one_hot(text - 1, vocabulary).double() for text in texts]
means = torch.stack([rows.sum(dim=0) / max(len(rows), 1) for rows in one_hot])  # the order is lost
print(padded, means.shape)"""


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("Rows of different lengths are no tensor."),
            _("A tensor has one length along each axis."),
            "torch.tensor([[1, 2, 3], [4, 5]])",
        ),
        trap(
            _("Padding that is averaged."),
            _("The mean over all places divides by the length of the vector, not of the text: the same text, padded "
              "more, has a smaller mean. Divide by the number of tokens."),
            "padded = torch.tensor([[3.0, 5.0, 0.0, 0.0]])\nwrong, right = padded.mean(), padded.sum() / 2",
            ["wrong", "right"],
        ),
        trap(
            _("A number for a word is a name, not a size."),
            _("Word 7 is not more than word 3. One-hot vectors, or an embedding, which looks up a row, say so."),
            "torch.manual_seed(0)\nvector = torch.nn.Embedding(12, 3, padding_idx=0)(torch.tensor([7])).detach()",
            ["vector"],
        ),
    ]  # fmt: skip
