"""Messages about dtypes, and about conversions to Python and NumPy."""

from core.language import _


def words() -> tuple[tuple[str, str], ...]:
    """Return pattern and sentence of each message, the more specific ones first."""
    return (*_mixing(), *_integers(), *_truth(), *_leaving(), *_entering())


def _mixing() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"result type (?P<came_type>\w+) can't be cast to the desired output type (?P<kept_type>\w+)",
            _("The result is {came_type}, and in place it must fit into a tensor of {kept_type}, which would lose "
              "its decimals. Write x = x + y and a new tensor of {came_type} is made."),
        ),
        (
            r"expected both vectors to have same dtype, but found (?P<a_type>\w+) and (?P<b_type>\w+)",
            _("One vector is {a_type} and the other {b_type}: + and * find a common type by themselves, products "
              "of vectors and matrices do not. Turn one into the other's type, with .to(torch.float64) for "
              "instance."),
        ),
        (
            r"must have the same dtype, but got (?:\w+, )?(?P<a_type>\w+),? and (?P<b_type>\w+)",
            _("One side is {a_type} and the other {b_type}: + and * find a common type by themselves, products of "
              "vectors and matrices do not. Turn one into the other's type, with .to(torch.float64) for instance."),
        ),
        (
            r"expected m1 and m2 to have the same dtype, but got: (?P<a_type>\w+) != (?P<b_type>\w+)",
            _("One matrix is {a_type} and the other {b_type}: + and * find a common type by themselves, products "
              "do not. Turn one into the other's type, with .to(torch.float64) for instance."),
        ),
        (
            r"expected target dtype to be Long or Byte, but got (?P<came_type>\w+)",
            _("Class labels are counted, so they must be whole numbers (int64), and {came_type} came."),
        ),
    )  # fmt: skip


def _integers() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"mean\(\): could not infer output dtype\..*Got: (?P<came_type>\w+)",
            _("The mean of whole numbers is hardly ever whole, and {came_type} holds whole numbers only: turn "
              "them into decimals first, with .double() for float64 or .float() for float32."),
        ),
        (
            r"linalg\.vector_norm: Expected a floating point or complex tensor as input\. Got (?P<came_type>\w+)",
            _("A norm ends in a square root, which is hardly ever whole, and {came_type} holds whole numbers "
              "only: turn them into decimals first, with .double() or .float()."),
        ),
        (
            r"std and var only support floating point and complex dtypes",
            _("Variance and deviation are hardly ever whole: turn the tensor into decimals first, with .double()."),
        ),
        (
            r"Integers to negative integer powers are not allowed",
            _("A whole number to a negative power is a fraction, which whole numbers cannot hold: turn the tensor "
              "into decimals first, with .double()."),
        ),
        (
            r"ZeroDivisionError",
            _("Whole numbers know no infinity, so // and % by zero have no answer. / gives decimals, and inf."),
        ),
        (
            r"value cannot be converted to type (?P<kind>\S+) without overflow",
            _("The number is too large, or too small, for {kind}."),
        ),
        (
            r"Overflow when unpacking long(?: long)?|Python int too large",
            _("int64 ends at 9,223,372,036,854,775,807, and the number is beyond. Written with a point, as 1e30, "
              "it becomes a decimal."),
        ),
        (
            r"\"\w+\" not implemented for '(?P<kind_type>\w+)'",
            _("torch has not written this function for {kind_type}: whole numbers usually have to become decimals "
              "first, and bits are a matter of whole numbers."),
        ),
        (
            r"~ \(operator\.invert\) is only implemented on integer and Boolean-type tensors",
            _("~ turns True and False, or bits, around; decimals have none. For the negative write -x."),
        ),
    )  # fmt: skip


def _truth() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"Subtraction, the `-` operator, with (?:two bool tensors|a bool tensor) is not supported",
            _("True minus True means nothing certain: for “one of the two, not both” write ^, for counting turn "
              "them into numbers first, with .int()."),
        ),
        (
            r"Negation, the `-` operator, on a bool tensor is not supported",
            _("True has no negative. “Not” is written ~."),
        ),
        (
            r"Boolean value of Tensor with more than one value is ambiguous",
            _("if and while ask for one True or False, and the tensor has several: say all() or any()."),
        ),
        (
            r"Boolean value of Tensor with no values is ambiguous",
            _("if and while ask for one True or False, and the tensor is empty. Ask for numel() instead."),
        ),
    )  # fmt: skip


def _leaving() -> tuple[tuple[str, str], ...]:
    return (
        (
            r"a Tensor with 0 elements cannot be converted to Scalar",
            _("item() turns a tensor with exactly one entry into a number of Python, and this one is empty."),
        ),
        (
            r"a Tensor with (?P<count>\d+) elements cannot be converted to Scalar",
            _("item() turns a tensor with exactly one entry into a number of Python, and this one has {count}. "
              "tolist() gives them all; sum() or an index makes one of them."),
        ),
        (
            r"only one element tensors can be converted to Python scalars",
            _("float() and int() turn a tensor with exactly one entry into a number of Python, and this one has "
              "not one. tolist() gives all entries; sum() or an index makes one of them."),
        ),
        (
            r"only integer tensors of a single element can be converted to an index",
            _("Python counts with whole numbers here, so it takes one entry of a whole type: int(x) makes one."),
        ),
        (
            r"unsupported format string passed to Tensor\.__format__",
            _("Only a tensor without an axis is written like a number. Ask for the entry first: x.item()."),
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
            _("numpy knows no gradients, so it would lose what torch records for them: say so yourself, with "
              "x.detach().numpy()."),
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
            _("The array holds {kind}, text or Python's objects, and a tensor holds numbers only: encode it "
              "first, or give a number type, as in array.astype(float)."),
        ),
        (
            r"At least one stride in the given numpy array is negative",
            _("The array is a view that runs backwards through its memory, as after [::-1], and torch cannot "
              "share it: array.copy() lays it out forwards."),
        ),
        (
            r"expected np\.ndarray \(got (?P<kind>\w+)\)",
            _("from_numpy shares the memory of an array of numpy, and got a {kind}: torch.tensor copies anything."),
        ),
        (
            r"too many dimensions 'str'|new\(\): invalid data type 'str'",
            _("A tensor holds numbers only, and text came."),
        ),
        (
            r"Could not infer dtype of (?P<kind>\w+)",
            _("A tensor holds numbers only, and {kind} came."),
        ),
        (
            r"unsupported operand type\(s\) for (?P<sign>\S+): '(?P<a>\w+)' and '(?P<b>\w+)'",
            _("{sign} does not work between {a} and {b}: make both tensors first, with torch.tensor(...)."),
        ),
        (
            r"Concatenation operation is not implemented for NumPy arrays",
            _("With an array of numpy on the left of + and a tensor on the right, numpy is asked first and does "
              "not know tensors: make both tensors, with torch.from_numpy(...)."),
        ),
        (
            r"argument '(?P<argument>\w+)'(?: \(position \d+\))? must be (?P<want>.+), not (?P<got>\w+)",
            _("The argument {argument} must be {want}, and {got} came."),
        ),
        (
            r"(?P<function>\w+)\(\) missing 1 required positional arguments?: \"?'?(?P<argument>\w+)",
            _("{function} needs to be told {argument}."),
        ),
    )  # fmt: skip
