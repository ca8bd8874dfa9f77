"""Random functions as texts, with what breaks arithmetic among them: the ends of domains, 0, huge and tiny numbers."""

from hypothesis import strategies as st

from core.calculus.expression.functions import FUNCTIONS

NUMBERS = (
    "0", "1", "2", "-1", "0.5", "3", "pi", "e", "-0.0", "1/3", "100", "1e-17", "1e300", "1e-300", "1e308", "5e-324",
)  # fmt: skip
PLACES = (0.0, 1.0, -1.0, 0.5, 2.0, -3.0, 1.5707963267948966, 3.141592653589793, 1e-9, 1e16, -1e300, 5e-324, 0.1)


def functions_of(*names: str, vectors: bool = False) -> st.SearchStrategy[str]:
    """Return texts of functions of these names, with operations on vectors if asked for."""
    calls = [*FUNCTIONS, *(["sum", "mean", "norm"] if vectors else [])]
    signs = ["+", "-", "*", "/", "**", *(["@"] if vectors else [])]
    leaves = st.one_of(st.sampled_from(names), st.sampled_from(NUMBERS))

    def deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        called = st.builds("{}({})".format, st.sampled_from(calls), inner)
        joined = st.builds("({}) {} ({})".format, inner, st.sampled_from(signs), inner)
        return st.one_of(called, joined, st.builds("-({})".format, inner))

    return st.recursive(leaves, deeper, max_leaves=7)
