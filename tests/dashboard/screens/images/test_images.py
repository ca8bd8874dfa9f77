"""A picture is a vector: each view, with numpy, torch and Pillow as oracles."""

import io

import numpy as np
import pytest
import torch
from PIL import Image
from sklearn.datasets import load_sample_image

from core.foundations import to_feature_vector
from core.foundations.picture_files import picture_bytes, read_picture
from core.foundations.picture_neuron import apply_neuron, picture_weights
from dashboard.screens.images import neuron
from dashboard.screens.images.choosing import Chosen
from dashboard.screens.images.torch_lines import picture_lines

VIEWS = ["flatten", "numbers", "neuron"]
COLOURS = np.random.default_rng(0).integers(0, 256, (6, 9, 3)).astype(np.uint8)


def lines(screen) -> str:
    return next(code.value for code in screen.app.code if "pixels" in code.value)


def run_lines(screen) -> dict:
    """Run the lines for torch as they are printed, and return what they leave."""
    space: dict = {}
    exec(lines(screen), space)
    return space


def bring(screen, name: str, content: bytes):
    screen.app.file_uploader(key="images_upload").set_value((name, content, "image/png"))
    return screen.run()


@pytest.mark.parametrize("view", VIEWS)
def test_every_view_has_a_result_on_arrival_and_the_way_on(open_screen, view):
    screen = open_screen("images", images_view=view)
    assert screen.errors == []
    assert "20 x 20" in screen.words
    assert "What comes next" in screen.words


def test_the_length_is_height_times_width_times_three(open_screen):
    screen = open_screen("images")
    assert screen.boxes["Features n"] == "1,200"
    assert r"20 \times 20 \times 20 = 8000" in "".join(text.value for text in screen.app.markdown)
    screen.app.toggle(key="images_square").set_value(False)
    screen.run()
    assert screen.boxes["Features n"] == f"{20 * 13 * 3}"
    screen.app.select_slider(key="images_side").set_value(128)
    screen.run()
    assert screen.boxes["Pixels"] == "10,880"


@pytest.mark.parametrize("order", ["channel", "pixel"])
@pytest.mark.parametrize("picture", ["flower", "china", "digit", "flag"])
def test_the_lines_run_as_printed_and_give_the_vector(open_screen, picture, order, capsys):
    screen = open_screen(
        "images", images_picture=picture, images_order=order, images_side=12, images_square=False, images_digit=7,
        images_row=3, images_column=2, images_channel=1,
    )  # fmt: skip
    left = run_lines(screen)
    pixels = left["pixels"]
    assert pixels.dtype == torch.uint8
    expected = to_feature_vector(pixels, order)
    assert torch.allclose(left["x"].double() * 255, expected, atol=1e-4)
    assert expected[left["k"]] == pixels[3, 2, 1]
    height, width, _channels = pixels.shape
    assert f"{height} x {width}" in screen.words
    assert str(tuple(expected.shape)) in capsys.readouterr().out.replace("[", "(").replace("]", ",)")


def test_the_picture_is_that_of_scikit_learn_reduced(open_screen):
    left = run_lines(open_screen("images", images_side=4))
    block = load_sample_image("flower.jpg")[:106, 106:212].mean(axis=(0, 1))  # 427 / 4 is 106.75
    assert np.abs(left["pixels"][0, 0].numpy() - block).max() < 3


@pytest.mark.parametrize("kind", ["red", "top", "random"])
@pytest.mark.parametrize("scaled", [True, False])
def test_the_neuron_is_what_its_lines_say(open_screen, kind, scaled):
    screen = open_screen(
        "images", images_view="neuron", images_weights=kind, images_seed=4, images_bias=1.5, images_scaled=scaled,
        images_order="pixel",
    )  # fmt: skip
    left = run_lines(screen)
    x = to_feature_vector(left["pixels"], "pixel", scaled=scaled)
    expected = apply_neuron(x, picture_weights(kind, (20, 20, 3), "pixel", 4), 1.5)
    assert float(left["z"]) == pytest.approx(expected.exact, abs=1e-9)
    assert float(screen.boxes["z, exactly"].replace("−", "-").replace(",", "")) == pytest.approx(
        expected.exact, rel=1e-7
    )
    assert float(screen.boxes["Sigmoid of z"]) == pytest.approx(expected.probability, rel=1e-5)


def test_entries_up_to_255_saturate_the_sigmoid_and_the_screen_says_why(open_screen):
    screen = open_screen("images", images_view="neuron")
    assert "could learn from this" in screen.words
    screen.press("Fails: entries of 0 to 255 saturate it")
    assert "saturated" in screen.words
    assert "with squared loss a neuron would learn next to nothing" in screen.words
    assert "divide by 255" in screen.words
    screen.press("Works: entries of 0 to 1")
    assert "saturated" not in screen.words


@pytest.mark.parametrize(
    ("z", "scaled", "says", "never"),
    [
        (102.0, False, "Its slope there is 5e-45", "smaller weights"),
        (-5.0, True, "Use smaller weights, or a bias nearer to 0.", "255"),
        (4.5, False, "still bends", "saturated"),
    ],
)
def test_the_verdict_has_the_slope_of_its_z_and_no_advice_that_is_taken_already(monkeypatch, z, scaled, says, never):
    monkeypatch.setattr(neuron.settings, "value", lambda _key: scaled)
    sentence = neuron._verdict(apply_neuron(torch.zeros(1), torch.zeros(1), z))
    assert says in sentence
    assert never not in sentence


def test_reshape_alone_is_counted_and_permute_is_right(open_screen):
    screen = open_screen("images", images_view="numbers")
    assert "1,198 of 1,200" in screen.words
    left = run_lines(screen)
    assert int(left["misplaced"]) == 1198
    assert left["right"].shape == left["wrong"].shape
    assert left["bgr"][0, 0].tolist() == left["pixels"][0, 0].tolist()[::-1]
    screen.press("Works: read as RGB, permute")
    assert "1,198" not in screen.words
    assert any("each channel is a whole picture" in done.value for done in screen.app.success)


def test_the_chosen_pixel_is_in_the_table_with_its_bits(open_screen):
    screen = open_screen("images", images_view="numbers", images_picture="flag", images_row=0, images_column=0)
    table = screen.app.table[0].value
    assert table["uint8"].tolist() == ["255", "0", "0"]
    assert table["its 8 bits"].tolist() == ["11111111", "00000000", "00000000"]


def test_too_few_pixels_keep_less_and_the_share_is_said(open_screen):
    screen = open_screen("images")
    kept = next(line for line in screen.words.splitlines() if "of the variance" in line)
    screen.press("Fails: 4 x 4 keeps too little")
    less = next(line for line in screen.words.splitlines() if "of the variance" in line)
    assert screen.boxes["Features n"] == "48"
    shares = [float(line.split("keep ")[1].split("%")[0]) for line in (less, kept)]
    assert shares[0] < shares[1] < 100


def test_an_upload_is_shown_and_its_changes_are_noted(open_screen):
    clear = Image.fromarray(COLOURS).convert("RGBA")
    clear.putalpha(128)
    file = io.BytesIO()
    clear.save(file, "PNG")
    screen = bring(open_screen("images"), "mine_*.png", file.getvalue())
    assert screen.errors == []
    assert "mine_*.png" in screen.words
    assert "6 x 9 pixels, three numbers each here: 162." in screen.words
    assert "nothing of the part shown is lost" in screen.words
    assert "laid on white" in screen.words
    assert screen.boxes["Features n"] == "108"


def test_the_lines_for_an_upload_give_its_numbers(open_screen, tmp_path, monkeypatch):
    content = picture_bytes(COLOURS)
    (tmp_path / "mine.png").write_bytes(content)
    screen = bring(open_screen("images", images_side=6, images_square=False), "mine.png", content)
    monkeypatch.chdir(tmp_path)
    small = np.asarray(Image.fromarray(COLOURS).resize((6, 4), Image.Resampling.BOX))
    assert run_lines(screen)["pixels"].tolist() == small.tolist()


def files() -> dict[str, bytes]:
    """Pictures that are more than three channels of bytes, by what they are."""
    clear = np.dstack([COLOURS, np.arange(54, dtype=np.uint8).reshape(6, 9) * 4])
    deep = np.arange(54, dtype=np.uint16).reshape(6, 9) * 1200
    grey = Image.fromarray(COLOURS[:, :, 0])
    made = {
        "alpha": (Image.fromarray(clear), "PNG", {}),
        "grey with alpha": (Image.merge("LA", [grey, Image.fromarray(clear[:, :, 3])]), "PNG", {}),
        "palette": (Image.fromarray(COLOURS).quantize(8), "PNG", {}),
        "palette with transparency": (Image.fromarray(COLOURS).quantize(8), "PNG", {"transparency": 3}),
        "one grey is transparent": (grey, "PNG", {"transparency": int(COLOURS[0, 0, 0])}),
        "16 bits": (Image.fromarray(deep), "PNG", {}),
        "any range": (Image.fromarray(deep.astype(np.float32) - 7.5), "TIFF", {}),
    }
    contents = {}
    for name, (image, form, options) in made.items():
        file = io.BytesIO()
        image.save(file, form, **options)
        contents[name] = file.getvalue()
    return contents


@pytest.mark.parametrize("kind", files())
def test_the_lines_give_the_numbers_of_a_file_of_any_kind(kind, tmp_path, monkeypatch):
    content = files()[kind]
    picture = read_picture(content)
    (tmp_path / "mine.png").write_bytes(content)
    monkeypatch.chdir(tmp_path)
    space: dict = {}
    chosen = Chosen("upload", "", "mine.png", picture, picture, square=False)
    exec("\n".join(picture_lines(chosen)), space)
    assert space["pixels"].tolist() == picture.pixels.tolist()
    assert len(np.unique(picture.pixels)) > 5


def test_the_error_of_a_refused_file_goes_with_it(open_screen):
    screen = bring(open_screen("images"), "bad.png", b"a,b")
    assert len(screen.errors) == 1
    screen.turn("button_group", "images_picture", "china")
    assert screen.errors == []
    screen.turn("button_group", "images_picture", "flower")
    assert screen.errors == []
    bring(screen, "worse.png", b"c")
    assert len(screen.errors) == 1
    screen.app.file_uploader(key="images_upload").set_value([])
    assert screen.run().errors == []


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "no bytes"), (b"a,b\n1,2", "no picture"), (picture_bytes(COLOURS)[:60], "“bad.png” was not opened")],
)
def test_a_bad_file_ends_in_a_sentence_and_the_last_picture_stays(open_screen, content, words):
    screen = bring(open_screen("images"), "mine.png", picture_bytes(COLOURS))
    bring(screen, "bad.png", content)
    assert words in screen.errors[0]
    assert "Showing the last valid result." in screen.words
    assert "mine.png" in screen.words
    assert screen.boxes["Features n"] == "108"
    bring(screen, "again.png", picture_bytes(COLOURS[:2]))
    assert screen.errors == []
    assert "again.png" in screen.words


def test_a_link_to_an_upload_without_the_file_shows_a_sample_and_says_so(open_screen):
    screen = open_screen("images", images_picture="upload")
    assert any("A link holds no file" in each.value for each in screen.app.warning)
    assert screen.boxes["Features n"] == "1,200"


def test_a_place_outside_of_a_smaller_picture_is_its_edge(open_screen):
    screen = open_screen("images", images_picture="digit", images_row=127, images_column=127)
    assert "pixels[7, 7, 0]" in lines(screen)


@pytest.mark.parametrize("view", VIEWS)
def test_the_traps_run(open_screen, view):
    screen = open_screen("images", images_view=view, traps=True)
    assert screen.errors == []
