"""The bytes of a file, wherever it is."""

import os
from pathlib import Path
from typing import BinaryIO

from core.errors import InputError
from core.language import _
from core.preprocessing.reading.limits import MOST_BYTES, check_bytes


def load(source: str | os.PathLike[str] | bytes | BinaryIO) -> bytes:
    """Return the bytes of a path, of bytes, or of a file opened in binary mode.

    Raises InputError for a source that cannot be read, LimitError for more than 200 MB; no more than that is loaded.
    """
    if isinstance(source, bytes | bytearray | memoryview):
        check_bytes(memoryview(source).nbytes)
        return bytes(source)
    try:
        if isinstance(source, str | os.PathLike):
            check_bytes(Path(source).stat().st_size)
            data = Path(source).read_bytes()
        else:
            data = source.read(MOST_BYTES + 1)
    except InputError:
        raise
    except (OSError, ValueError) as problem:
        raise InputError(_("The file cannot be read: {problem}.").format(problem=str(problem))) from None
    except (AttributeError, TypeError):
        data = None
    if not isinstance(data, bytes):
        raise InputError(_("A path, bytes or a file opened in binary mode is needed to read a table."))
    check_bytes(len(data))
    return data
