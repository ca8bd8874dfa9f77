"""The whole experiment as one Python script that prints the numbers on the screen."""

import textwrap
from collections.abc import Iterator

from core.export.training_script.chapter import Chapter, bind
from core.export.training_script.comparison import closing_chapters
from core.export.training_script.data import open_chapters
from core.export.training_script.experiment import Experiment
from core.export.training_script.training import training_chapters

WIDTH = 110


def chapters(experiment: Experiment, of_script: bool) -> Iterator[Chapter]:
    """Yield all chapters in their order; see `open_chapters` for what differs in a script."""
    yield from open_chapters(experiment, of_script)
    yield from training_chapters(experiment)
    yield from closing_chapters(experiment)


def write_script(experiment: Experiment) -> str:
    """Return the script. It needs pandas, numpy, torch, and what reads the file and fills missing values.

    Names and values from the table are written through `repr`, and none in a comment, so that no file can inject code.
    """
    docstring = '"""One experiment: prepare, train from scratch, train concisely, solve in closed form, compare."""'
    parts = [docstring, *(_bound(chapter) for chapter in chapters(experiment, of_script=True))]
    return bind(*parts)


def _bound(chapter: Chapter) -> str:
    if not chapter.title:
        return chapter.code
    words = textwrap.wrap(chapter.words, WIDTH - 2)
    rule = f"# {chapter.title} ".ljust(WIDTH, "-")
    starts_with_function = chapter.code.startswith("def ")
    return "\n".join(
        [rule, *(f"# {line}" for line in words), "", *([""] if starts_with_function else []), chapter.code]
    )
