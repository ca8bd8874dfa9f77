"""Which picture: a sample or the visitor's own, and to how many pixels it is reduced."""

from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from core.errors import InputError
from core.formatting import format_count
from core.foundations.picture_files import Picture, read_picture, shrink
from core.foundations.sample_pictures import digit, flag, photograph
from core.language import _
from dashboard.ui import controls
from dashboard.ui.escape import escape_markdown, show_error, show_notes, show_warning
from dashboard.visit import settings, state
from dashboard.visit.cache import cache_resource

UPLOAD = "images_upload"  # the uploader's key
LARGEST = 50  # MB of a file
KEPT = 2048  # pixels on the longer side of what is kept of a file
SUFFIXES = ("png", "jpg", "jpeg", "gif", "webp", "avif", "bmp", "tif", "tiff", "ppm", "pgm")
FILES = {"flower": "flower.jpg", "china": "china.jpg"}  # of scikit-learn


@dataclass(frozen=True, eq=False)
class Chosen:
    """The picture that the screen is about.

    Attributes:
        kind: "flower", "china", "digit", "flag" or "upload".
        key: its name among all pictures of the visit, with its size.
        name: of its file; empty for what is drawn.
        original: as far as it is kept.
        picture: reduced to the chosen size.
        square: whether its middle was cut out.
    """

    kind: str
    key: str
    name: str
    original: Picture
    picture: Picture
    square: bool

    @property
    def place(self) -> tuple[int, int, int]:
        """Return the chosen row, column and channel, within the picture."""
        height, width, _channels = self.picture.shape
        row, column = settings.value("images_row"), settings.value("images_column")
        return min(row, height - 1), min(column, width - 1), settings.value("images_channel")


def choose_picture() -> Chosen:
    """Draw the choice of a picture and its size, and return it."""
    chosen, brought = st.columns([3, 2], gap="large")
    with chosen:
        kind = _choose_kind()
        _choose_size(kind)
    with brought:
        st.file_uploader(
            _("Your own picture: PNG, JPEG, GIF, WebP or TIFF, up to {size} MB").format(size=LARGEST),
            type=list(SUFFIXES),
            max_upload_size=LARGEST,
            key=UPLOAD,
            on_change=_take_upload,
        )
        st.caption(_("It is kept in memory for this visit only and never written to disk."))
    if (refused := _refusal(kind)) is not None:
        show_error(refused)
        st.caption(_("Showing the last valid result."))
    found = current(kind)
    _describe(found)
    return found


def current(kind: str) -> Chosen:
    """Return the picture of this kind at the chosen size."""
    side, square = settings.value("images_side"), settings.value("images_square")
    upload = state.get("_picture")
    if kind == "upload":
        source, name = f"upload {upload['digest']}", upload["name"]
        original = _read(source, lambda: shrink(read_picture(upload["content"]), KEPT))
    else:
        index = settings.value("images_digit")
        source, name = f"{kind} {index if kind == 'digit' else ''}", FILES.get(kind, "")
        original = flag(80, 80 if square else 120) if kind == "flag" else _read(source, lambda: _sample(kind, index))
    key = f"{source} {side} {square}"
    return Chosen(kind, key, name, original, _reduce(key, kind, original, side, square), square)


def _sample(kind: str, index: int) -> Picture:
    return digit(index)[0] if kind == "digit" else photograph(kind)


@cache_resource(scope="session", max_entries=4, show_spinner=False)
def _read(source: str, _make: Callable[[], Picture]) -> Picture:
    return _make()


@cache_resource(scope="session", max_entries=30, show_spinner=False)
def _reduce(key: str, kind: str, _original: Picture, side: int, square: bool) -> Picture:
    if kind == "flag":
        return flag(side if square else max(round(side * 2 / 3), 1), side)
    return shrink(_original, side, square)


def _choose_kind() -> str:
    names = controls.option_names("images_picture")
    if state.get("_picture") is None:
        del names["upload"]
        if settings.value("images_picture") == "upload":
            settings.set("images_picture", "flower")
            show_warning(_("A link holds no file, so the flower is shown. Bring the picture again to see it here."))
    return controls.either("images_picture", _("Picture"), names)


def _choose_size(kind: str) -> None:
    slider, rest = st.columns([3, 2], vertical_alignment="bottom")
    with slider:
        controls.slider("images_side", _("Pixels on the longer side"))
    with rest:
        if kind == "digit":
            controls.number("images_digit", _("Which of the 1,797 digits"))
        else:
            controls.toggle("images_square", _("Square"), help=_("Cuts out the middle, as high as it is wide."))


def _take_upload() -> None:
    """Read the uploaded picture. It replaces the other one only if it can be read."""
    file = state.get(UPLOAD)
    state.forget("_picture_refused")
    if file is None:
        return
    content = file.getvalue()
    digest = state.digest(content)
    try:
        read = shrink(read_picture(content), KEPT)
    except InputError as problem:
        sentence = _("“{name}” was not opened. {problem}").format(name=file.name, problem=problem)
        state.put("_picture_refused", {"sentence": sentence, "beside": settings.value("images_picture")})
        return
    _read(f"upload {digest}", lambda: read)
    state.put("_picture", {"name": file.name, "content": content, "digest": digest})
    settings.choose("images_picture", "upload")


def _refusal(kind: str) -> str | None:
    """Return why the last file was not opened, until another picture is chosen."""
    refused = state.get("_picture_refused")
    if refused is None or refused["beside"] != kind:
        state.forget("_picture_refused")
        return None
    return str(refused["sentence"])


def _describe(found: Chosen) -> None:
    height, width, _channels = found.picture.shape
    numbers = {"height": height, "width": width}
    if found.kind == "digit":
        index = settings.value("images_digit")
        said = _("It is a written {digit}, {height} x {width} pixels, from scikit-learn.").format(
            digit=digit(index)[1], **numbers
        )
    elif found.kind == "flag":
        said = _("The flag is drawn by the program, {height} x {width} pixels of pure colours.").format(**numbers)
    else:
        original = found.picture.height * found.picture.width * 3
        said = _(
            "The file “{name}” has {rows} x {columns} pixels, three numbers each here: {count}. The picture here has "
            "{height} x {width}: each pixel is the mean of those it stands for."
        ).format(
            name=found.name,
            rows=format_count(found.picture.height),
            columns=format_count(found.picture.width),
            count=format_count(original),
            **numbers,
        )
    st.caption(escape_markdown(said))
    if found.kind == "upload":
        show_notes(found.picture.notes)
