"""A picture's vector carried on to one neuron: every entry times its weight, the sum, the bias, the sigmoid."""

from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Literal, TypeAlias

from core.errors import InputError
from core.foundations.images import CHANNELS, Order, check_order
from core.language import _

if TYPE_CHECKING:
    import torch

Weighting: TypeAlias = Literal["red", "top", "random"]
WEIGHTINGS: tuple[Weighting, ...] = ("red", "top", "random")


@dataclass(frozen=True, eq=False)
class PictureNeuron:
    """What a neuron makes of a vector.

    Attributes:
        x: the features, shape (n,), float64.
        weights: one for each feature, shape (n,).
        bias: added to the sum.
        products: x times weights, entry by entry, shape (n,).
        z: the sum of the products plus the bias.
        exact: the same, summed in exact arithmetic and rounded once.
        probability: the sigmoid of z, between 0 and 1.
    """

    x: "torch.Tensor"
    weights: "torch.Tensor"
    bias: float
    products: "torch.Tensor"
    z: float
    exact: float
    probability: float


def apply_neuron(x: "torch.Tensor", weights: "torch.Tensor", bias: float) -> PictureNeuron:
    """Return the answer of a neuron to x, both of shape (n,); finite numbers only. Raises InputError."""
    import torch

    x, weights = torch.as_tensor(x, dtype=torch.float64), torch.as_tensor(weights, dtype=torch.float64)
    if x.ndim != 1 or x.shape != weights.shape:
        raise InputError(
            _("A neuron needs one weight for each feature; got shapes {x} and {weights}.").format(
                x=tuple(x.shape), weights=tuple(weights.shape)
            )
        )
    if not (torch.isfinite(x).all() and torch.isfinite(weights).all() and torch.isfinite(torch.tensor(bias))):
        raise InputError(_("Features, weights and bias have to be finite numbers."))
    z = torch.dot(x, weights) + bias
    terms = (Fraction(a) * Fraction(b) for a, b in zip(x.tolist(), weights.tolist(), strict=True) if a and b)
    exact = float(sum(terms, Fraction(bias)))
    return PictureNeuron(x, weights, float(bias), x * weights, float(z), exact, float(torch.sigmoid(z)))


def picture_weights(
    kind: Weighting, shape: tuple[int, int, int], order: Order = "channel", seed: int = 0
) -> "torch.Tensor":
    """Return weights for the vector of a picture of this shape, (height, width, 3): shape (n,), float64.

    "red" adds what is red and takes away half of what is green and blue; "top" compares the upper half with the lower;
    "random" draws from a normal distribution, by the seed. All are scaled so that z stays within about -8 to 8 for
    entries of 0 to 1. Raises InputError for another kind or a picture without three channels.
    """
    import torch

    check_order(order)
    height, width, channels = shape
    if channels != CHANNELS or height < 1 or width < 1:
        raise InputError(_("The weights are for a picture of three channels; got shape {shape}.").format(shape=shape))
    if kind not in WEIGHTINGS:
        raise InputError(_("The weights are “red”, “top” or “random”, not “{kind}”.").format(kind=kind))
    picture = torch.zeros(shape, dtype=torch.float64)
    if kind == "red":
        picture += torch.tensor([8.0, -4.0, -4.0], dtype=torch.float64) / (height * width)
    elif kind == "top":
        rows = torch.arange(height, dtype=torch.float64)
        sign = torch.sign((height - 1) / 2 - rows)[:, None, None]
        picture += 16 * sign / (height * width * channels)
    else:
        generator = torch.Generator().manual_seed(seed)
        spread = 4 / (height * width * channels) ** 0.5
        picture = spread * torch.randn(shape, generator=generator, dtype=torch.float64)
    return (picture.permute(2, 0, 1) if order == "channel" else picture).reshape(-1)
