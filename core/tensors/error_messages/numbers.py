"""Messages about dtypes, and about conversions to Python and NumPy."""

from core.language import _


def words() -> tuple[tuple[str, str], ...]:
    """Return pattern and sentence of each message, the more specific ones first."""
    return (*_mixing(), *_integers(), *_truth(), *_leaving(), *_entering())


def _mixing() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"result type (?P<came_type>\w+) can't be cast to the desired output type (?P<kept_type>\w+)",
            _("The result is {came_type}, but the tensor it is written into is {kept_type} and would lose its "
              "decimals. Write x = x + y to make a new tensor of {came_type}."),
        ),
        (
            r"expected both vectors to have same dtype, but found (?P<a_type>\w+) and (?P<b_type>\w+)",
            _("One vector is {a_type} and the other {b_type}: + and * promote to a common dtype, products of "
              "vectors and matrices do not. Convert one of them, for instance with .to(torch.float64)."),
        ),
        (
            r"must have the same dtype, but got (?:\w+, )?(?P<a_type>\w+),? and (?P<b_type>\w+)",
            _("One side is {a_type} and the other {b_type}: + and * promote to a common dtype, products of vectors "
              "and matrices do not. Convert one of them, for instance with .to(torch.float64)."),
        ),
        (
            r"expected m1 and m2 to have the same dtype, but got: (?P<a_type>\w+) != (?P<b_type>\w+)",
            _("One matrix is {a_type} and the other {b_type}: + and * promote to a common dtype, products do not. "
              "Convert one of them, for instance with .to(torch.float64)."),
        ),
        (
            r"expected target dtype to be Long or Byte, but got (?P<came_type>\w+)",
            _("Class labels must be whole numbers (int64), but got {came_type}."),
        ),
    )  # fmt: skip


def _integers() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"mean\(\): could not infer output dtype\..*Got: (?P<came_type>\w+)",
            _("The mean of whole numbers is seldom whole, and {came_type} holds whole numbers only: convert to "
              "floats first, with .double() for float64 or .float() for float32."),
        ),
        (
            r"linalg\.vector_norm: Expected a floating point or complex tensor as input\. Got (?P<came_type>\w+)",
            _("A norm ends in a square root, which is seldom whole, and {came_type} holds whole numbers only: "
              "convert to floats first, with .double() or .float()."),
        ),
        (
            r"std and var only support floating point and complex dtypes",
            _("Variance and standard deviation are seldom whole: convert the tensor to floats first, with .double()."),
        ),
        (
            r"Integers to negative integer powers are not allowed",
            _("A whole number to a negative power is a fraction, which integer dtypes cannot hold: convert the "
              "tensor to floats first, with .double()."),
        ),
        (
            r"ZeroDivisionError",
            _("Whole numbers have no infinity, so // and % by zero have no result. / gives floats, and inf."),
        ),
        (
            r"value cannot be converted to type (?P<kind>\S+) without overflow",
            _("The number is too large, or too small, for {kind}."),
        ),
        (
            r"Overflow when unpacking long(?: long)?|Python int too large",
            _("int64 ends at 9,223,372,036,854,775,807, and the number is larger. Written with an exponent, as in "
              "1e30, it becomes a float."),
        ),
        (
            r"\"\w+\" not implemented for '(?P<kind_type>\w+)'",
            _("torch does not implement this function for {kind_type}: whole numbers usually have to become floats "
              "first, and bitwise functions need whole numbers."),
        ),
        (
            r"~ \(operator\.invert\) is only implemented on integer and Boolean-type tensors",
            _("~ inverts True and False, or the bits of whole numbers, but not those of floats. For the negative "
              "write -x."),
        ),
    )  # fmt: skip


def _truth() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"Subtraction, the `-` operator, with (?:two bool tensors|a bool tensor) is not supported",
            _("True minus True is not defined: for “one of the two, not both” write ^; to count, convert to numbers "
              "first, with .int()."),
        ),
        (
            r"Negation, the `-` operator, on a bool tensor is not supported",
            _("True has no negative. “Not” is written ~."),
        ),
        (
            r"Boolean value of Tensor with more than one value is ambiguous",
            _("if and while need one True or False, and the tensor has several: use all() or any()."),
        ),
        (
            r"Boolean value of Tensor with no values is ambiguous",
            _("if and while need one True or False, and the tensor is empty. Use numel() instead."),
        ),
    )  # fmt: skip


def _leaving() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"a Tensor with 0 elements cannot be converted to Scalar",
            _("item() converts a tensor with exactly one entry to a Python number, and this one is empty."),
        ),
        (
            r"a Tensor with (?P<count>\d+) elements cannot be converted to Scalar",
            _("item() converts a tensor with exactly one entry to a Python number, and this one has {count}. "
              "tolist() returns them all; sum() or an index makes one of them."),
        ),
        (
            r"only one element tensors can be converted to Python scalars",
            _("float() and int() convert a tensor with exactly one entry to a Python number, and this one has more "
              "or none. tolist() returns all entries; sum() or an index makes one of them."),
        ),
        (
            r"only integer tensors of a single element can be converted to an index",
            _("Python needs a whole number here, so the tensor must have one entry of an integer dtype: use int(x)."),
        ),
        (
            r"unsupported format string passed to Tensor\.__format__",
            _("Only a tensor without an axis can be formatted like a number. Take the entry first: x.item()."),
        ),
        (
            r"cannot convert float NaN to integer",
            _("NaN is not a number, so there is no whole number for it."),
        ),
        (
            r"cannot convert float infinity to integer",
            _("There is no whole number for infinity."),
        ),
        (
            r"Can't call numpy\(\) on Tensor that requires grad",
            _("NumPy has no gradients, so the record of them would be lost: detach first, with x.detach().numpy()."),
        ),
        (
            r"Torch not compiled with CUDA enabled|Found no NVIDIA driver",
            _("This build of torch computes on the processor only; there is no graphics card to send a tensor to."),
        ),
    )  # fmt: skip


def _entering() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"can't convert np\.ndarray of type numpy\.(?P<kind>\w+?)_?\. The only supported types",
            _("The array holds {kind}, text or Python objects, and a tensor holds numbers only: encode it first, or "
              "convert to a numeric dtype, as in array.astype(float)."),
        ),
        (
            r"At least one stride in the given numpy array is negative",
            _("The array has negative strides, as after [::-1], and torch cannot share its memory: pass "
              "array.copy()."),
        ),
        (
            r"expected np\.ndarray \(got (?P<kind>\w+)\)",
            _("from_numpy needs a NumPy array, but got a {kind}: torch.tensor copies other data."),
        ),
        (
            r"too many dimensions 'str'|new\(\): invalid data type 'str'",
            _("A tensor holds numbers only, but got text."),
        ),
        (
            r"Could not infer dtype of (?P<kind>\w+)",
            _("A tensor holds numbers only, but got {kind}."),
        ),
        (
            r"unsupported operand type\(s\) for (?P<sign>\S+): '(?P<a>\w+)' and '(?P<b>\w+)'",
            _("{sign} does not work between {a} and {b}: convert both to tensors first, with torch.tensor(...)."),
        ),
        (
            r"Concatenation operation is not implemented for NumPy arrays",
            _("With a NumPy array on the left of + and a tensor on the right, NumPy computes the sum and does not "
              "know tensors: convert both to tensors, with torch.from_numpy(...)."),
        ),
        (
            r"argument '(?P<argument>\w+)'(?: \(position \d+\))? must be (?P<want>.+), not (?P<got>\w+)",
            _("The argument {argument} must be {want}, but got {got}."),
        ),
        (
            r"(?P<function>\w+)\(\) missing 1 required positional arguments?: \"?'?(?P<argument>\w+)",
            _("{function} needs the argument {argument}."),
        ),
    )  # fmt: skip
