"""Caches with a result for each language, since results may hold sentences.

Like `st.cache_resource` and `st.cache_data`, which would return sentences in the language of another visitor, or of an
earlier choice. Nothing else in `dashboard/` uses Streamlit's own.
"""

from collections.abc import Callable
from functools import update_wrapper, wraps
from inspect import signature
from typing import Any, Generic, ParamSpec, TypeVar, cast

import streamlit as st

from core.language import current_language

P = ParamSpec("P")
R = TypeVar("R")


class Cached(Generic[P, R]):
    """A function whose results are cached by its arguments and the current language."""

    def __init__(self, function: Callable[P, R], cache: Callable[[Any], Any]) -> None:
        """Keep the results of `function` in `cache`, a decorator of Streamlit's."""

        @wraps(function)  # Streamlit names the cache after the function, and reads its signature
        def within(*args: Any, in_language: str, **kwargs: Any) -> R:
            return function(*args, **kwargs)

        vars(within)["__signature__"] = signature(function)  # or Streamlit would work it out anew at each call
        self._kept = cache(within)
        update_wrapper(cast(Any, self), function)

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> R:
        """Return the result for these arguments in the current language."""
        return cast(R, self._kept(*args, **kwargs, in_language=current_language().code))

    def clear(self, *args: Any, **kwargs: Any) -> None:
        """Forget the result for these arguments in the current language; without arguments, all results."""
        if args or kwargs:
            self._kept.clear(*args, **kwargs, in_language=current_language().code)
        else:
            self._kept.clear()


def cache_resource(**options: Any) -> Callable[[Callable[P, R]], Cached[P, R]]:
    """Return the decorator `st.cache_resource` with these options, one result for each language."""
    return lambda function: Cached(function, st.cache_resource(**options))


def cache_data(**options: Any) -> Callable[[Callable[P, R]], Cached[P, R]]:
    """Return the decorator `st.cache_data` with these options, one result for each language."""
    return lambda function: Cached(function, st.cache_data(**options))
