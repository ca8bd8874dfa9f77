"""The screens, in the order of the menu. Each module has one `render()`, reading top to bottom as the lesson does."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module

import streamlit as st
from streamlit.navigation.page import Page

from core.language import _


@dataclass(frozen=True)
class Screen:
    """One entry of the menu. `path` is its address; `module` is imported when the screen is first opened."""

    path: str
    title: str
    icon: str
    module: str

    @property
    def render(self) -> Callable[[], None]:
        """Return what draws the screen."""
        module = f"{__name__}.{self.module}"

        def draw() -> None:
            import_module(module).render()

        return draw


def menu() -> dict[str, list[Screen]]:
    """Return the sections of the menu, each with its screens. The first screen of all is the front screen, `/`."""
    return {
        "": [Screen("", _("Welcome"), ":material/home:", "home")],
        _("From a table to a model"): [
            Screen("data", _("Data"), ":material/table:", "data"),
            Screen("prepare", _("Prepare"), ":material/tune:", "prepare"),
            Screen("train", _("Train"), ":material/trending_down:", "train"),
            Screen("compare", _("Compare"), ":material/compare_arrows:", "compare"),
            Screen("experiments", _("Experiments"), ":material/science:", "experiments"),
            Screen("take-home", _("Take home"), ":material/download:", "take_home"),
        ],
        _("What preparing does"): [
            Screen("gaps", _("Gaps"), ":material/grid_off:", "gaps"),
            Screen("leakage", _("Leakage"), ":material/water_drop:", "leakage"),
            Screen("trace", _("Trace"), ":material/conversion_path:", "trace"),
            Screen("then-and-now", _("Then and now"), ":material/history:", "then_and_now"),
            Screen("recipe", _("Recipe"), ":material/receipt_long:", "recipe"),
        ],
        _("The mathematics"): [
            Screen("tensors", _("Tensors"), ":material/deployed_code:", "tensors"),
            Screen("products", _("Products"), ":material/close:", "products"),
            Screen("reductions", _("Reductions"), ":material/compress:", "reductions"),
            Screen("norms", _("Norms"), ":material/straighten:", "norms"),
            Screen("calculus", _("Calculus"), ":material/show_chart:", "calculus"),
            Screen("autograd", _("Autograd"), ":material/account_tree:", "autograd"),
        ],
    }


def pages() -> dict[str, Page]:
    """Return Streamlit's page for each path."""
    return {
        screen.path: st.Page(
            screen.render,
            title=screen.title,
            icon=screen.icon,
            url_path=screen.path or "home",
            default=not screen.path,
        )
        for screens in menu().values()
        for screen in screens
    }
