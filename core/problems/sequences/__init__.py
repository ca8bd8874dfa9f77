"""Learning problems whose input or output is a sequence: tags, cuts, speech, durations, translation.

As many outputs as inputs: a tag for each word, or a place in its word for each Chinese character. Fewer: frames of
speech that are merged. More: letters that sound for some frames. In another order: words of a translation.
"""

from typing import Literal, TypeAlias

from core.errors import InputError
from core.language import _
from core.problems.miniature import Miniature
from core.problems.sequences.durations_result import miniature_of_durations
from core.problems.sequences.speech import run_speech
from core.problems.sequences.speech_result import miniature_of_speech
from core.problems.sequences.tagging import run_tagging
from core.problems.sequences.tagging_result import miniature_of_tagging
from core.problems.sequences.text_to_speech import run_durations
from core.problems.sequences.translation import run_translation
from core.problems.sequences.translation_result import miniature_of_translation

Task: TypeAlias = Literal["english", "chinese", "speech", "durations", "translation"]
TEXTS: dict[str, str] = {
    "english": "We can fish in the river.",
    "chinese": "研究生研究生命",
    "speech": "hhel_loo",
    "durations": "world",
    "translation": "weil ich den film gesehen habe = because i have seen the film",
}  # that each task starts with


def miniature(
    *,
    task: str = "english",
    text: str | None = None,
    smoothing: float = 0.1,
    counted: int = 50,
    doubt: float = 0.2,
    rounds: int = 20,
    start: str = "even",
    with_none: bool = False,
    seed: int = 0,
) -> Miniature:
    """Return the miniature of a task: "english", "chinese", "speech", "durations" or "translation".

    `text` is what a visitor typed; None is the task's own of `TEXTS`. Tags and cuts are those of a hidden Markov model
    from `counted` sentences of our corpus, with `smoothing` added to each count; `smoothing` also draws durations to
    the mean of all. `doubt` is the share that a recogniser gives to other symbols than the typed one. `rounds` of EM
    learn the translation, from an "even" or a "drawn" `start`, `with_none` if a word may have no source. What a
    task does not use is ignored. Raises InputError for a text or a setting that the task refuses, and for another task.

    >>> [len(miniature(task=task).frames) for task in TEXTS]
    [13, 15, 9, 21, 21]
    """
    if task not in TEXTS:
        raise InputError(_("There is no task of this name; choose one of the list."))
    text = TEXTS[task] if text is None else text
    if task == "speech":
        return miniature_of_speech(run_speech(text, doubt, seed))
    if task == "durations":
        return miniature_of_durations(run_durations(text, smoothing, seed))
    if task == "translation":
        return miniature_of_translation(run_translation(text, rounds, start, with_none, seed), start, seed)
    run = run_tagging("english" if task == "english" else "chinese", text, smoothing, counted, seed)
    return miniature_of_tagging(run, smoothing, seed)
