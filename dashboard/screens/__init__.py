"""The screens, in the order of the menu. Each module has one `render()`, reading top to bottom as the lesson does.

A screen is imported only when it is first opened.
"""

from core.language import N_
from dashboard.visit.navigation import Screen, menu, pages, register

__all__ = ["SCREENS", "menu", "pages"]


def _home() -> None:
    from dashboard.screens.welcome import render

    render()


def _path() -> None:
    from dashboard.screens.path import render

    render()


def _images() -> None:
    from dashboard.screens.images import render

    render()


def _neuron() -> None:
    from dashboard.screens.neuron import render

    render()


def _normal() -> None:
    from dashboard.screens.normal import render

    render()


def _network() -> None:
    from dashboard.screens.network import render

    render()


def _components() -> None:
    from dashboard.screens.components import render

    render()


def _problems() -> None:
    from dashboard.screens.problems import render

    render()


def _data() -> None:
    from dashboard.screens.data import render

    render()


def _prepare() -> None:
    from dashboard.screens.prepare import render

    render()


def _train() -> None:
    from dashboard.screens.train import render

    render()


def _compare() -> None:
    from dashboard.screens.compare import render

    render()


def _experiments() -> None:
    from dashboard.screens.experiments import render

    render()


def _take_home() -> None:
    from dashboard.screens.take_home import render

    render()


def _environment() -> None:
    from dashboard.screens.environment import render

    render()


def _gaps() -> None:
    from dashboard.screens.gaps import render

    render()


def _leakage() -> None:
    from dashboard.screens.leakage import render

    render()


def _trace() -> None:
    from dashboard.screens.trace import render

    render()


def _then_and_now() -> None:
    from dashboard.screens.then_and_now import render

    render()


def _paths() -> None:
    from dashboard.screens.paths import render

    render()


def _recipe() -> None:
    from dashboard.screens.recipe import render

    render()


def _tensors() -> None:
    from dashboard.screens.tensors import render

    render()


def _products() -> None:
    from dashboard.screens.products import render

    render()


def _reductions() -> None:
    from dashboard.screens.reductions import render

    render()


def _norms() -> None:
    from dashboard.screens.norms import render

    render()


def _calculus() -> None:
    from dashboard.screens.calculus import render

    render()


def _autograd() -> None:
    from dashboard.screens.autograd import render

    render()


def _glossary() -> None:
    from dashboard.screens.glossary import render

    render()


FOUNDATIONS, PROBLEMS = N_("Foundations"), N_("Learning problems")
PREPARING, TENSORS = N_("Preprocessing"), N_("Tensors and linear algebra")
CALCULUS, MODEL = N_("Calculus and autograd"), N_("Linear regression")

SCREENS = (
    Screen("", N_("Welcome"), ":material/home:", "", _home),
    Screen("path", N_("Four days"), ":material/route:", "", _path),
    Screen("glossary", N_("Glossary"), ":material/dictionary:", "", _glossary),
    Screen("environment", N_("Environment"), ":material/memory:", "", _environment),
    Screen("images", N_("A picture is a vector"), ":material/image:", FOUNDATIONS, _images),
    Screen("neuron", N_("A neuron"), ":material/neurology:", FOUNDATIONS, _neuron),
    Screen("normal", N_("Noise and squared loss"), ":material/bar_chart:", FOUNDATIONS, _normal),
    Screen("network", N_("Networks"), ":material/hub:", FOUNDATIONS, _network),
    Screen("components", N_("What a model is made of"), ":material/category:", FOUNDATIONS, _components),
    Screen("problems", N_("The map of learning"), ":material/map:", PROBLEMS, _problems),
    Screen("data", N_("Data"), ":material/table:", PREPARING, _data),
    Screen("then-and-now", N_("Then and now"), ":material/history:", PREPARING, _then_and_now),
    Screen("paths", N_("Paths"), ":material/folder_open:", PREPARING, _paths),
    Screen("gaps", N_("Gaps"), ":material/grid_off:", PREPARING, _gaps),
    Screen("prepare", N_("Prepare"), ":material/tune:", PREPARING, _prepare),
    Screen("leakage", N_("Leakage"), ":material/water_drop:", PREPARING, _leakage),
    Screen("trace", N_("Trace"), ":material/conversion_path:", PREPARING, _trace),
    Screen("recipe", N_("Recipe"), ":material/receipt_long:", PREPARING, _recipe),
    Screen("tensors", N_("Tensors"), ":material/deployed_code:", TENSORS, _tensors),
    Screen("products", N_("Products"), ":material/close:", TENSORS, _products),
    Screen("reductions", N_("Reductions"), ":material/compress:", TENSORS, _reductions),
    Screen("norms", N_("Norms"), ":material/straighten:", TENSORS, _norms),
    Screen("calculus", N_("Calculus"), ":material/show_chart:", CALCULUS, _calculus),
    Screen("autograd", N_("Autograd"), ":material/account_tree:", CALCULUS, _autograd),
    Screen("train", N_("Train"), ":material/trending_down:", MODEL, _train),
    Screen("compare", N_("Compare"), ":material/compare_arrows:", MODEL, _compare),
    Screen("experiments", N_("Experiments"), ":material/science:", MODEL, _experiments),
    Screen("take-home", N_("Take home"), ":material/download:", MODEL, _take_home),
)

register(SCREENS)
