"""The types and layouts of a picture's numbers: bytes and floats, channel order, reshape and permute, three shapes."""

import numpy as np
import pandas as pd
import streamlit as st

from core.formatting import format_count, format_number, format_percent, format_size
from core.foundations.picture_layouts import count_misplaced, permuted, reshaped
from core.language import _
from dashboard.scenes.picture.scene import Bytes, Shown, channel_names, gallery_scene
from dashboard.screens.images.choosing import Chosen
from dashboard.screens.images.torch_lines import picture_lines
from dashboard.ui import controls, lesson, scenes
from dashboard.ui.examples import Examples, examples
from dashboard.ui.printed import show_lines
from dashboard.ui.traps import trap

FEW = 3  # entries of the vector in the lines on shapes


def draw_numbers(chosen: Chosen) -> None:
    """Draw the four lessons, the lines and the traps."""
    examples("images_numbers", _examples())
    _draw_bytes(chosen)
    _draw_channel_order(chosen)
    _draw_reshape(chosen)
    _draw_shapes(chosen)
    lesson.code(code(chosen))
    lesson.traps(_traps)


def _examples() -> Examples:
    return {
        _("Works: read as RGB, permute"): {"images_swap": "rgb", "images_way": "permute"},
        _("Fails: read as BGR, reshape alone"): {"images_swap": "bgr", "images_way": "reshape"},
    }


def _draw_bytes(chosen: Chosen) -> None:
    row, column, _channel = chosen.place
    values = [int(value) for value in chosen.picture.pixels[row, column]]
    size = chosen.picture.pixels.size
    st.header(_("A byte for each number"), anchor=False)
    st.markdown(
        _("A file has 8 bits for each number: 0 to 255, type uint8. Models learn best from small numbers, so divide by "
          "255. The pixel in row {row}, column {column}:").format(row=row, column=column)
    )  # fmt: skip
    table = pd.DataFrame(
        {
            _("uint8"): [str(value) for value in values],
            _("its 8 bits"): [f"{value:08b}" for value in values],
            _("divided by 255"): [format_number(value / 255, 4) for value in values],
            _("and times 255 again"): [format_number(value / 255 * 255, 6) for value in values],
        },
        index=pd.Index(channel_names(), name=_("channel")),
    )
    st.table(table)
    st.caption(
        _("The whole vector takes {byte} as uint8, {single} as float32 and {double} as float64.").format(
            byte=format_size(size), single=format_size(4 * size), double=format_size(8 * size)
        )
    )


def _draw_channel_order(chosen: Chosen) -> None:
    pixels = chosen.picture.pixels
    st.header(_("Which channel comes first?"), anchor=False)
    st.markdown(
        _("Pillow, torchvision and this lab store red, green, blue. OpenCV reads blue, green, red. The numbers are the "
          "same; only the reader decides which one is red.")
    )  # fmt: skip
    way = controls.either("images_swap", _("Reading"))
    right = way == "rgb"
    changed = float((pixels[:, :, 0] != pixels[:, :, 2]).mean())
    about = (
        _("Every colour is right.")
        if right
        else _("Red and blue have changed places in {share} of the pixels.").format(share=format_percent(changed))
    )
    origins = range(pixels.shape[0] * pixels.shape[1])
    shown = [
        Shown(_("Stored as RGB"), _("The picture."), pixels, origins),
        Shown(_("Read as RGB") if right else _("Read as BGR"), about, pixels if right else pixels[:, :, ::-1], origins),
    ]
    scenes.picture(gallery_scene(shown), "images_swap_scene")


def _draw_reshape(chosen: Chosen) -> None:
    pixels = chosen.picture.pixels
    st.header(_("Channels first: permute, never reshape alone"), anchor=False)
    st.markdown(
        _("A file has (height, width, 3); PyTorch's layers want (3, height, width). `permute` moves the axes. "
          "`reshape` only cuts the same long list into other rows.")
    )  # fmt: skip
    way = controls.either("images_way", _("How"))
    scenes.picture(gallery_scene(reshape_pictures(pixels, way)), "images_way_scene")
    wrong = count_misplaced(pixels.shape)
    if way == "permute":
        st.success(_("All {count} numbers are where they belong: each channel is a whole picture.").format(
            count=format_count(pixels.size)
        ))  # fmt: skip
        return
    st.warning(
        _("`reshape` puts {wrong} of {count} numbers in the wrong place, and raises no error, since the shape is as "
          "wanted. The list goes red, green, blue, red, green, blue, so its first third is not red: it is the top "
          "third of the picture, all colours mixed. Point at a pixel of the original: its three numbers stand side by "
          "side.").format(wrong=format_count(wrong), count=format_count(pixels.size))
    )  # fmt: skip


def reshape_pictures(pixels: Bytes, way: str) -> list[Shown]:
    """Return the original, the three channels after permute or reshape, and the picture that they make."""
    height, width, channels = pixels.shape
    make = permuted if way == "permute" else reshaped
    first = make(pixels)
    origins = make(np.repeat(np.arange(height * width), channels).reshape(pixels.shape))
    shown = [Shown(_("pixels"), _("The original."), pixels, range(height * width))]
    for channel, name in enumerate(channel_names()):
        sheet = np.zeros_like(pixels)
        sheet[:, :, channel] = first[channel]
        about = _("Channel {channel}, meant to be {name}.").format(channel=channel, name=name)
        shown.append(Shown(f"y[{channel}]", about, sheet, [int(pixel) for pixel in origins[channel].ravel()]))
    together = np.ascontiguousarray(np.moveaxis(first, 0, 2))
    about = (
        _("The three channels together: the picture again.")
        if way == "permute"
        else _("The three together: the picture is lost.")
    )
    return [*shown, Shown(_("y as a picture"), about, together)]


def _draw_shapes(chosen: Chosen) -> None:
    n = chosen.picture.pixels.size
    st.header(_("Three shapes of one vector"), anchor=False)
    st.markdown(
        _("{vector} is a vector, {row} a matrix of one row, {column} a matrix of one column. They hold the same "
          "{count} numbers and do not mean the same: subtract a column from a vector, and torch broadcasts both to a "
          "matrix of {count} x {count}, {cells} numbers. Here with the first {few} entries:").format(
            vector=f"`({n},)`", row=f"`(1, {n})`", column=f"`({n}, 1)`", count=format_count(n),
            cells=format_count(n * n), few=FEW,
        )
    )  # fmt: skip
    x = chosen.picture.pixels.reshape(-1)[:FEW].astype(np.float64)
    show_lines({"x": x}, *shape_lines())


def shape_lines() -> list[str]:
    """Return the lines that show the three shapes, and what their difference is."""
    return ["x", "x.reshape(1, -1)", "x.reshape(-1, 1)", "x - x", "x - x.reshape(-1, 1)"]


def code(chosen: Chosen) -> str:
    """Return the lines for torch: channels first by permute and by reshape, and how many numbers differ in place."""
    height, width, channels = chosen.picture.shape
    return "\n".join(
        [
            *picture_lines(chosen),
            "right = pixels.permute(2, 0, 1)  # (3, height, width)",
            f"wrong = pixels.reshape({channels}, {height}, {width})  # the same shape, another picture",
            f"places = torch.arange(pixels.numel()).reshape({height}, {width}, {channels})",
            f"misplaced = (places.permute(2, 0, 1) != places.reshape({channels}, {height}, {width})).sum()",
            "print(right.shape == wrong.shape, torch.equal(right, wrong), misplaced)",
            "bgr = pixels.flip(2)  # as OpenCV would read it",
        ]
    )


def _traps() -> list[lesson.Trap]:
    return [
        trap(
            _("`view` refuses what `reshape` copies."),
            _("`permute` does not move numbers, only the way they are read. So the rows of its result do not lie side "
              "by side in memory: `view(-1)` raises, `reshape(-1)` copies them."),
            "pixels = torch.zeros(20, 20, 3)\npixels.permute(2, 0, 1).view(-1)",
        ),
        lesson.Trap(
            _("0 to 255 once, 0 to 1 the next time."),
            _("`transforms.ToTensor()` divides by 255 only if it gets uint8; float pixels stay as they are. Check the "
              "largest number before training."),
        ),
        trap(
            _("`transpose` is not what you want for three axes."),
            _("`pixels.transpose(0, 2)` swaps the first and the last axis: channels come first, but rows and columns "
              "have changed places too."),
            "shape = torch.zeros(2, 5, 3).transpose(0, 2).shape",
            ["shape"],
        ),
    ]  # fmt: skip
