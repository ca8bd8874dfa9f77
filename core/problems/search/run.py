"""A search: one digit searched for among the others in two spaces, and many digits beside it."""

import math
from dataclasses import dataclass

import numpy as np

from core.errors import InputError
from core.language import _
from core.problems.search.digit_pictures import (
    Array,
    DigitPictures,
    Layer,
    Places,
    load_pictures,
    read_picture,
    train_layer,
)
from core.problems.search.nearest_pictures import Found, find, search_many

QUERIES = 100  # that the mean is taken over


@dataclass(frozen=True, eq=False)
class Search:
    """One query searched for in two spaces, and many queries beside it.

    Attributes:
        image (64,): the query's ink.
        label: the digit that it shows.
        rows: how many pictures were searched.
        leaked: how many of these the network has learned from.
        total: how many of these show the digit.
        pixels: what was found by pixels.
        network: what was found by the network's hidden layer.
        layer: that layer.
        pictures: all pictures.
        table_pixels (queries, k): precision at 1, 2, … of the other queries, by pixels.
        table_network (queries, k): the same by the network.
        usual_distance: from a query to the nearest picture by pixels, the median of the other queries.
    """

    image: Array
    label: int
    rows: int
    leaked: int
    total: int
    pixels: Found
    network: Found
    layer: Layer
    pictures: DigitPictures
    table_pixels: Array
    table_network: Array
    usual_distance: float

    @property
    def difference(self) -> tuple[float, float]:
        """The network's mean precision at the last k less that of pixels, and the standard error of the difference."""
        gaps = self.table_network[:, -1] - self.table_pixels[:, -1]
        return float(gaps.mean()), float(gaps.std(ddof=1) / math.sqrt(len(gaps)))


def run_search(
    *, seed: int, data: str, query: int, picture: str, label: int, p: float | str, epochs: int, results: int
) -> Search:
    """Search for one of the pictures, or for a painted one; arguments as in `miniature`, and already checked."""
    painted = bool(picture.strip())
    of = load_pictures(None if painted else query, seed=seed)
    image = read_picture(picture).ravel() if painted else of.pixels[query]
    if not image.any():
        raise InputError(_("The picture to search for is blank; paint a digit into it, or choose one of the pictures."))
    digit = label if painted else int(of.labels[query])
    among = of.unseen if data == "unseen" else np.sort(np.concatenate([of.unseen, of.learned]))
    layer = train_layer(of, epochs=epochs, seed=seed)
    seen = layer.see(of.pixels)
    queries = _draw_queries(among, seed)
    table_pixels, nearest = search_many(of.pixels, of, among, queries, p, results)
    return Search(
        image=image,
        label=digit,
        rows=len(among),
        leaked=len(among) - len(of.unseen),
        total=int((of.labels[among] == digit).sum()),
        pixels=find(of.pixels, image, digit, of, among, p),
        network=find(seen, layer.see(image[None])[0], digit, of, among, p),
        layer=layer,
        pictures=of,
        table_pixels=table_pixels,
        table_network=search_many(seen, of, among, queries, p, results)[0],
        usual_distance=float(np.median(nearest)),
    )


def _draw_queries(among: Places, seed: int) -> Places:
    return np.random.default_rng([seed, 1]).choice(among, QUERIES, replace=False)
