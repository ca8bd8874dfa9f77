"""Bad data as lines for torch, on rows that the lines make themselves, and what goes wrong."""

from core.foundations.classification_metrics import Confusion
from core.foundations.imbalance import ImbalanceStudy
from core.foundations.label_noise import Which
from core.foundations.leaking_feature import LeakStudy
from core.language import _
from core.regression.data.validation import Array
from dashboard.ui import lesson
from dashboard.ui.traps import trap


def labels_code(y: Array, share: float, which: Which, accuracy: float) -> str:
    """Return the lines that flip this share of labels y (n,); they print how many, and where labels of both classes may
    be flipped the accuracy to be measured.
    """
    ones = int(y.sum())
    flippable = "torch.arange(len(y))" if which == "any" else "y.nonzero()[:, 0]"
    expected = [
        f"a, s = {accuracy!r}, {share!r}  # the accuracy on true labels, and the share of flipped ones",
        "print(a * (1 - s) + (1 - a) * s)",
    ]  # fmt: skip
    return "\n".join([
        "import torch",
        "",
        f"y = torch.tensor([1.0] * {ones} + [0.0] * {len(y) - ones})",
        f"flippable = {flippable}",
        f"chosen = flippable[torch.randperm(len(flippable))[:round({share!r} * len(flippable))]]",
        "flipped = y.clone()  # or the true labels are gone",
        "flipped[chosen] = 1 - flipped[chosen]",
        "print((flipped != y).sum().item())",
        *(expected if which == "any" else []),
    ])  # fmt: skip


def imbalance_code(found: ImbalanceStudy) -> str:
    """Return the lines that score a classifier from its four counts; they print the figures of the screen."""
    scores = found.plain
    return "\n".join([
        "import torch",
        "",
        f"tp, fn, tn, fp = {scores.true_positives}, {scores.false_negatives}, {scores.true_negatives}, "
        f"{scores.false_positives}",
        "y = torch.tensor([1] * tp + [1] * fn + [0] * tn + [0] * fp)",
        "predicted = torch.tensor([1] * tp + [0] * fn + [0] * tn + [1] * fp)",
        "accuracy = (predicted == y).double().mean()",
        "recall = (predicted[y == 1] == 1).double().mean()",
        "specificity = (predicted[y == 0] == 0).double().mean()",
        "print(accuracy.item(), recall.item(), ((recall + specificity) / 2).item())",
        "# in training: torch.nn.BCEWithLogitsLoss(pos_weight=...) lets the rare rows weigh more",
        f"pos_weight = torch.tensor({found.rows - found.rare} / {found.rare})",
        "print(pos_weight.item())",
    ])  # fmt: skip


def leak_code(found: LeakStudy) -> str:
    """Return the lines that score the model as tested and in use from its counts; they print both accuracies."""
    return "\n".join([
        "import torch",
        "",
        "# rows: labels 1 and 0; columns: predicted 1 and 0",
        f"tested = torch.tensor({_matrix(found.tested)})",
        f"in_use = torch.tensor({_matrix(found.in_use)})",
        "for counts in (tested, in_use):",
        "    print(counts.trace().item() / counts.sum().item())",
        "# in use: X_new[:, -1] = 0, the training mean of a standardised feature, for its value is not known yet",
    ])  # fmt: skip


def _matrix(scores: Confusion) -> list[list[int]]:
    return [[scores.true_positives, scores.false_negatives], [scores.false_positives, scores.true_negatives]]


def bad_traps() -> list[lesson.Trap]:
    """Return what goes wrong with such data without an error."""
    return [
        trap(
            _("Accuracy of a model that looks at nothing."),
            _("Predicting 0 for all rows is right as often as 0 occurs."),
            "y = torch.cat([torch.zeros(95), torch.ones(5)])\naccuracy = (torch.zeros(100) == y).float().mean()",
            ["accuracy"],
        ),
        trap(
            _("A precision of nothing is not 0."),
            _("A model that never says 1 has no precision: 0 divided by 0. torch gives nan; some libraries write 0."),
            "predicted = torch.zeros(5)\ny = torch.tensor([0.0, 1, 0, 0, 1])\n"
            "precision = (y[predicted == 1] == 1).float().mean()",
            ["precision"],
        ),
        lesson.Trap(
            _("Thin or double the rows before the split, and they are on both sides."),
            _("Rows of the rare class that are copied before the split stand in the training rows and in the test "
              "rows: the test score is then of rows that the model has seen."),
        ),
    ]  # fmt: skip
