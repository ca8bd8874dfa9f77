"""Compressed files, archives and workbooks, in memory."""

import bz2
import gzip
import io
import lzma
import zipfile

import pandas as pd
import zstandard

TABLE = "name,size\nÅse,1\n".encode() * 200
PACK = {"gzip": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress, "zstd": zstandard.compress}


def zipped(files, method=zipfile.ZIP_DEFLATED):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def saved(save):
    buffer = io.BytesIO()
    save(buffer)
    return buffer.getvalue()


def workbook():
    return saved(lambda buffer: pd.DataFrame({"a": [1, 2]}).to_excel(buffer, index=False))
