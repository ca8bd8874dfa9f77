"""The lines of Python that tag a sentence by hand: count, fill the columns, go back."""

from core.problems.sequences.corpus import CUT_ENDS, CUT_MOVES, joined
from core.problems.sequences.tagging import Tagging

_READ = {
    "english": """
def read(line):
    return [tuple(token.rsplit("/", 1)) for token in line.split()]


def allowed(a, b):
    return (a, b) != (START, END)""",
    "chinese": f"""
MOVES = {CUT_MOVES!r}


def read(line):
    places = ("S" if len(word) == 1 else "B" + "M" * (len(word) - 2) + "E" for word in line.split())
    return list(zip(line.replace(" ", ""), "".join(places)))


def allowed(a, b):
    return a in {tuple(CUT_ENDS)!r} if b == END else b in MOVES[a]""",
}

_LESSON = '''
import math
from collections import Counter

corpus = """
{corpus}
"""
sentence = {sentence!r}
alpha = {alpha!r}
tags = {tags!r}
START, END = "", "."

{read}


lines = [read(line) for line in corpus.strip().splitlines()]
words = {{word for line in lines for word, tag in line}}
emitted = Counter((tag, word) for line in lines for word, tag in line)
moved = Counter()
for line in lines:
    path = [START, *(tag for word, tag in line), END]
    moved.update(zip(path, path[1:]))


def move(a, b):  # log P(b | a)
    if not allowed(a, b):
        return -math.inf
    after = [c for c in [*tags, END] if allowed(a, c)]
    return math.log((moved[a, b] + alpha) / sum(moved[a, c] + alpha for c in after))


def seen(word, tag):  # log P(word | tag)
    total = sum(emitted[tag, each] for each in words)
    return math.log((emitted[tag, word] + alpha) / (total + alpha * (len(words) + 1)))


def first_best(ways):  # of equally good ways the first, whatever the rounding
    top = max(log for log, path in ways)
    return next(way for way in ways if way[0] >= top - 1e-9)


best = {{tag: (move(START, tag) + seen(sentence[0], tag), [tag]) for tag in tags}}
every = {{tag: math.exp(best[tag][0]) for tag in tags}}
for word in sentence[1:]:
    ways = {{b: [(best[a][0] + move(a, b) + seen(word, b), [*best[a][1], b]) for a in tags] for b in tags}}
    best = {{b: first_best(ways[b]) for b in tags}}
    every = {{b: sum(every[a] * math.exp(move(a, b) + seen(word, b)) for a in tags) for b in tags}}
score, labelling = first_best([(best[a][0] + move(a, END), best[a][1]) for a in tags])
total = sum(every[a] * math.exp(move(a, END)) for a in tags)
print(*labelling)
print("log probability", score)
print("share of all labellings", math.exp(score) / total)
'''


def tagging_code(run: Tagging, smoothing: float) -> str:
    """Return lines that count the same sentences, and print the labelling, its log probability and its share."""
    if run.language == "english":
        corpus = (" ".join(f"{word}/{tag}" for word, tag in sentence) for sentence in run.corpus)
    else:
        corpus = (" ".join(joined(sentence)) for sentence in run.corpus)
    return _LESSON.lstrip("\n").format(
        corpus="\n".join(corpus),
        sentence=list(run.words),
        alpha=smoothing,
        tags=list(run.model.tags),
        read=_READ[run.language].strip("\n"),
    )
