"""The lines for torch that make the picture's tensor again, wherever it came from."""

from collections.abc import Mapping, Sequence

from core.foundations.picture_files import Conversion
from dashboard.screens.images.choosing import KEPT, Chosen
from dashboard.visit import settings

CONVERSIONS: Mapping[Conversion, Sequence[str]] = {
    "channels": ["image = image.convert('RGB')"],
    "on white": [
        "image = image.convert('RGBA')  # with transparency",
        "image = Image.alpha_composite(Image.new('RGBA', image.size, 'white'), image).convert('RGB')",
    ],
    "16 bits": [
        "grey = np.rint(np.array(image, dtype=np.float64) / 257)  # 65535 becomes 255",
        "image = Image.fromarray(grey.astype(np.uint8)).convert('RGB')",
    ],
    "stretched": [
        "grey = np.array(image, dtype=np.float64)",
        "finite = grey[np.isfinite(grey)]",
        "low, high = finite.min(), finite.max()",
        "grey = np.nan_to_num((np.clip(grey, low, high) - low) / ((high - low) or 1)) * 255",
        "image = Image.fromarray(np.rint(grey).astype(np.uint8)).convert('RGB')",
    ],
}


def picture_lines(chosen: Chosen) -> list[str]:
    """Return the lines that define `pixels`: shape (height, width, 3), uint8, the numbers on the screen."""
    if chosen.kind == "digit":
        index = settings.value("images_digit")
        return [
            "import numpy as np",
            "import torch",
            "from PIL import Image",
            "from sklearn.datasets import load_digits",
            "",
            f"grey = np.rint(load_digits().images[{index}] * (255 / 16)).astype(np.uint8)",
            "image = Image.fromarray(grey).convert('RGB')",
            *_reduced(chosen, (8, 8)),
            *_as_tensor(),
        ]
    if chosen.kind == "flag":
        return _flag_lines(*chosen.picture.shape[:2])
    if chosen.kind == "upload":
        rows, columns = chosen.picture.height, chosen.picture.width
        lines = [
            "import numpy as np",
            "import torch",
            "from PIL import Image, ImageOps",
            "",
            f"image = ImageOps.exif_transpose(Image.open({chosen.name!r}))",
            *CONVERSIONS[chosen.original.conversion],
        ]
        if max(rows, columns) > KEPT:
            rows, columns = chosen.original.shape[:2]
            lines.append(f"image = image.resize(({columns}, {rows}), Image.Resampling.BOX)")
        return [*lines, *_reduced(chosen, (rows, columns)), *_as_tensor()]
    return [
        "import numpy as np",
        "import torch",
        "from PIL import Image",
        "from sklearn.datasets import load_sample_image",
        "",
        f"image = Image.fromarray(load_sample_image('{chosen.name}'))",
        *_reduced(chosen, chosen.original.shape[:2]),
        *_as_tensor(),
    ]


def _reduced(chosen: Chosen, size: tuple[int, int]) -> list[str]:
    """Return the lines that cut the middle out and reduce it, as far as the picture needs it."""
    rows, columns = size
    lines = []
    if chosen.square and rows != columns:
        short = min(size)
        top, left = (rows - short) // 2, (columns - short) // 2
        lines.append(f"image = image.crop(({left}, {top}, {left + short}, {top + short}))")
        rows = columns = short
    height, width = chosen.picture.shape[:2]
    if (height, width) != (rows, columns):
        lines.append(f"image = image.resize(({width}, {height}), Image.Resampling.BOX)")
    return lines


def _as_tensor() -> list[str]:
    return ["pixels = torch.tensor(np.array(image))  # (height, width, 3), uint8"]


def _flag_lines(height: int, width: int) -> list[str]:
    return [
        "import torch",
        "",
        f"height, width = {height}, {width}",
        "rows, columns = torch.meshgrid(torch.arange(height) + 0.5, torch.arange(width) + 0.5, indexing='ij')",
        "stripes = 255 * torch.eye(3, dtype=torch.uint8)  # red, green, blue",
        "pixels = stripes[(columns * 3 / width).long().clamp(max=2)]",
        "away = torch.hypot(rows - height / 2, columns - width / 2) / min(height, width)",
        "pixels[away < 0.36] = 0",
        "pixels[away < 0.27] = 255  # (height, width, 3), uint8",
    ]


def vector_line(order: str) -> str:
    """Return the line that makes the vector `x` of `pixels`."""
    if order == "channel":
        return "x = pixels.permute(2, 0, 1).reshape(-1)  # by channel: all of red, then green, then blue"
    return "x = pixels.reshape(-1)  # by pixel: red, green and blue of one, then of the next"
