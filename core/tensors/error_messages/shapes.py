"""Messages about shapes, axes and indices."""

from core.language import _


def words() -> tuple[tuple[str, str], ...]:
    """Return pattern and sentence of each message, the more specific ones first."""
    return (*_broadcasting(), *_products(), *_joining(), *_reshaping(), *_places())


def _broadcasting() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"The size of tensor a \((?P<a>\d+)\) must match the size of tensor b \((?P<b>\d+)\) at non-singleton "
            r"dimension (?P<axis>\d+)",
            _("Axis {axis} has length {a} in one tensor and {b} in the other: sizes must be equal, or one of them "
              "1, which is then repeated. Shapes are aligned from the right."),
        ),
        (
            r"output with shape \[(?P<out>[\d, ]*)\] doesn't match the broadcast shape \[(?P<wide>[\d, ]*)\]",
            _("The result has shape ({wide}), but the tensor it is written into has shape ({out}): in place a "
              "tensor keeps its shape. Write y = y + x to make a new tensor."),
        ),
        (
            r"The expanded size of the tensor \((?P<a>\d+)\) must match the existing size \((?P<b>\d+)\) at "
            r"non-singleton dimension (?P<axis>\d+)",
            _("Axis {axis} should have size {a} and has {b}: only an axis of size 1 can be expanded."),
        ),
    )  # fmt: skip


def _products() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"mat1 and mat2 shapes cannot be multiplied \((?P<n>\d+)x(?P<k>\d+) and (?P<l>\d+)x(?P<m>\d+)\)",
            _("The rows of the left matrix have length {k} and the columns of the right one {l}: a matrix "
              "product needs these to be equal. Perhaps one matrix should be transposed, or you meant * (entry by "
              "entry)."),
        ),
        (
            r"size mismatch, got input \(\d+\), mat \((?P<n>\d+)x(?P<k>\d+)\), vec \((?P<l>\d+)\)",
            _("The rows of the matrix have length {k} and the vector {l}: they are multiplied in pairs, so "
              "these must be equal."),
        ),
        (
            r"inconsistent tensor size, expected tensor \[(?P<a>\d+)\] and src \[(?P<b>\d+)\]",
            _("One vector has length {a} and the other {b}: a dot product multiplies them in pairs, so both need "
              "the same length."),
        ),
        (
            r"1D tensors expected, but got (?P<a>\d)D and (?P<b>\d)D tensors",
            _("dot takes two vectors, tensors with one axis, but got one with {a} and one with {b}. For matrices "
              "write @."),
        ),
        (
            r"mat2 must be a matrix",
            _("mm takes two matrices, tensors with two axes. For a matrix and a vector use mv; @ takes both."),
        ),
        (
            r"vector \+ matrix @ vector expected",
            _("mv takes a matrix first, with two axes, and then a vector, with one."),
        ),
        (
            r"both arguments to matmul need to be at least 1D",
            _("@ multiplies vectors and matrices, and one side has no axis: multiply by a single number with *."),
        ),
        (
            r"Expected size for first two dimensions of batch2 tensor to be: \[(?P<want>[\d, ]+)\] but got: "
            r"\[(?P<got>[\d, ]+)\]",
            _("Batches of matrices are multiplied pair by pair: the shape of the second should begin with {want} "
              "but begins with {got}."),
        ),
        (
            r"must be batches of square matrices, but they are (?P<n>\d+) by (?P<m>\d+)",
            _("Only a square matrix can have an inverse, and this one is {n} by {m}."),
        ),
        (
            r"input matrix is singular",
            _("The matrix is singular: its columns are linearly dependent, so it has no inverse and the equations "
              "have no unique solution."),
        ),
    )  # fmt: skip


def _joining() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"Sizes of tensors must match except in dimension (?P<axis>\d+)\. Expected size (?P<a>\d+) but got size "
            r"(?P<b>\d+) for tensor number (?P<which>\d+)",
            _("Joined along axis {axis}, tensors must have equal sizes on every other axis: got {a} in the first "
              "and {b} in tensor {which}, counted from 0."),
        ),
        (
            r"Tensors must have same number of dimensions: got (?P<a>\d+) and (?P<b>\d+)",
            _("Tensors to be joined need the same number of axes, and these have {a} and {b}: reshape one first."),
        ),
        (
            r"stack expects each tensor to be equal size, but got \[(?P<a>[\d, ]*)\] at entry 0 and "
            r"\[(?P<b>[\d, ]*)\] at entry (?P<which>\d+)",
            _("stack needs tensors of equal shape: the first has shape ({a}), tensor {which} has ({b})."),
        ),
        (
            r"expected a non-empty list of Tensors",
            _("There is nothing to join: give at least one tensor."),
        ),
    )  # fmt: skip


def _reshaping() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"shape '\[(?P<shape>[-\d, ]*)\]' is invalid for input of size (?P<size>\d+)",
            _("The size of the tensor is {size}, but the shape ({shape}) does not hold exactly as many entries: the "
              "product of the sizes must be {size}."),
        ),
        (
            r"only one dimension can be inferred",
            _("-1 stands for the size that follows from the others, so it may be used once only."),
        ),
        (
            r"view size is not compatible with input tensor's size and stride",
            _("view shows the same memory in another shape, but here the entries are not stored in that order, as "
              "after a transpose. reshape copies where it must."),
        ),
        (
            r"t\(\) expects a tensor with <= 2 dimensions, but self is (?P<axes>\d+)D",
            _("t() swaps the two axes of a matrix, and this tensor has {axes}: name the two with transpose(a, b)."),
        ),
        (
            r"permute\(\): duplicate dims are not allowed|appears multiple times in the list of dims",
            _("The same axis is named twice; each may be named once."),
        ),
        (
            r"Dimension size must be non-negative|negative dimension",
            _("The size of an axis is 0 or more."),
        ),
        (
            r"expected sequence of length (?P<a>\d+) at dim (?P<axis>\d+) \(got (?P<b>\d+)\)",
            _("The lists are of unequal length: {a} was needed, but got {b}. A tensor cannot be ragged."),
        ),
    )  # fmt: skip


def _places() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"Dimension out of range \(expected to be in range of \[(?P<low>-?\d+), (?P<high>-?\d+)\], but got "
            r"(?P<axis>-?\d+)\)",
            _("There is no axis {axis}: the axes of this tensor are numbered from 0 to {high}, or from the end "
              "{low} to -1."),
        ),
        (
            r"index (?P<index>-?\d+) is out of bounds for dimension (?P<axis>\d+) with size (?P<size>\d+)",
            _("Axis {axis} has length {size}, so index {index} is out of range: counting begins with 0."),
        ),
        (
            r"too many indices for tensor of dimension (?P<axes>\d+)",
            _("Got more indices than the tensor has axes ({axes})."),
        ),
        (
            r"invalid index of a 0-dim tensor",
            _("The tensor is a single number without an axis, so it cannot be indexed; item() returns the number."),
        ),
        (
            r"step must be greater than zero",
            _("torch has no slices with negative steps as Python's lists have; flip reverses an axis."),
        ),
        (
            r"The shape of the mask \[(?P<mask>[\d, ]*)\] at index (?P<axis>\d+) does not match the shape of the "
            r"indexed tensor \[(?P<shape>[\d, ]*)\]",
            _("The mask has shape ({mask}) and the tensor has shape ({shape}): a mask needs one True or False for "
              "each entry."),
        ),
        (
            r"tensors used as indices must be|only integers, slices",
            _("An index has to be a whole number, a slice, or a mask of True and False."),
        ),
        (
            r"len\(\) of a 0-d tensor|iteration over a 0-d tensor",
            _("The tensor is a single number without an axis: it has no length and cannot be iterated over. item() "
              "returns the number."),
        ),
        (
            r"Expected reduction dim to be specified for input\.numel\(\) == 0",
            _("The tensor is empty, so it has no largest or smallest entry."),
        ),
    )  # fmt: skip
