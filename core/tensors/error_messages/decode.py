"""What the error messages of torch mean, in plain words.

The messages are those of torch 2.10 to 2.13. Unknown messages are shown as they are.
"""

import re

from core.tensors.error_messages import gradients, numbers, shapes

LONGEST = 10_000  # characters of a message that are read

TYPES = {
    "byte": "uint8", "char": "int8", "short": "int16", "int": "int32", "long": "int64",
    "half": "float16", "float": "float32", "double": "float64",
    "complexfloat": "complex64", "complexdouble": "complex128",
}  # fmt: skip
"""What torch's messages call the types of numbers, and what its code calls them; others have one name only."""


def decode(message: str) -> str | None:
    """Return in plain words what an error message of torch means and what helps, None if it is unknown.

    The message may begin with the name of the exception.

    >>> decode("RuntimeError: Tensors must have same number of dimensions: got 2 and 1")
    'Tensors to be joined need the same number of axes, and these have 2 and 1: reshape one first.'
    >>> decode("a message of another program") is None
    True
    """
    for table in (shapes.words(), numbers.words(), gradients.words()):
        for pattern, sentence in table:
            found = re.search(pattern, message[:LONGEST])
            if found:
                return sentence.format(**{name: _plainly(name, part) for name, part in found.groupdict().items()})
    return None


def _plainly(name: str, part: str) -> str:
    return TYPES.get(part.lower(), part.lower()) if name.endswith("_type") else part
