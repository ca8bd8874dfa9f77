"""The experiment as a Jupyter notebook: the chapters of the script, each with its text above it."""

import hashlib
import re
from typing import Any

from core.export.training_script.experiment import Experiment
from core.export.training_script.script import chapters
from core.language import _

_MARKS = re.compile(r"([\\`*_{}\[\]<>#|~$])")


def write_notebook(experiment: Experiment) -> str:
    """Return the notebook as JSON. Run it in a folder that holds the file of the table.

    Names and values from the table are written as code, through `repr`, and never as Markdown.
    """
    import nbformat

    about = _("Prepare, train from scratch, train concisely, solve in closed form, compare: one experiment of Descent "
              "Lab, with the numbers of its screens. Run the cells from top to bottom.")  # fmt: skip
    cells = [_markdown("# " + _escaped(_("One experiment")), about)]
    for chapter in chapters(experiment, of_script=False):
        if chapter.title:
            cells.append(_markdown("## " + _escaped(chapter.title), chapter.words))
        cells.append(nbformat.v4.new_code_cell(chapter.code.strip()))
    for place, cell in enumerate(cells):  # the same experiment gives the same file
        cell["id"] = hashlib.blake2b(f"{place}{cell['source']}".encode(), digest_size=6).hexdigest()
    notebook = nbformat.v4.new_notebook(
        cells=cells,
        metadata={
            "kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"},
            "language_info": {"name": "python"},
        },
    )
    nbformat.validate(notebook)
    written: str = nbformat.writes(notebook)
    return written


def _markdown(heading: str, words: str) -> Any:  # noqa: ANN401 - nbformat has no types
    import nbformat

    return nbformat.v4.new_markdown_cell(f"{heading}\n\n{_escaped(words)}")


def _escaped(words: str) -> str:
    return _MARKS.sub(r"\\\1", words)
