"""Words that are easily mixed up, told apart with the numbers of the visitor's own model."""

import streamlit as st

from core.formatting import format_count, format_general
from core.language import _
from core.regression.sgd.config import SgdConfig
from dashboard.pipeline.training import Problem


def draw_words_apart(problem: Problem, config: SgdConfig) -> None:
    """Draw two lists: family, model and learning algorithm; parameters and hyperparameters."""
    weights = len(problem.feature_names) + 1
    left, right = st.columns(2, gap="large")
    with left:
        st.header(_("Model, family, algorithm"), anchor=False)
        st.markdown(
            "\n".join(
                [
                    _("- A **family** holds all functions ŷ = Xw + b of your {features} features: one for every choice "
                      "of {weights} numbers.").format(
                          features=format_count(weights - 1), weights=format_count(weights)),
                    _("- A **model** is one member of the family: these {weights} numbers, and no others.").format(
                        weights=format_count(weights)),
                    _("- A **learning algorithm** chooses the member: it takes the data and the objective, and returns "
                      "a model. {name} and the closed form are two algorithms for one family.").format(
                          name=config.rule.label()),
                ]
            )
        )  # fmt: skip
    with right:
        st.header(_("Parameters, hyperparameters"), anchor=False)
        st.markdown(
            "\n".join(
                [
                    _("- **Parameters** are learnt from the rows: {weights} of them, the weights and the bias.").format(
                        weights=format_count(weights)),
                    _("- **Hyperparameters** are set before: learning rate {rate}, batch size {batch}, {epochs} "
                      "epochs, penalty {penalty}, degree. The training rows cannot choose them; rows held out "
                      "can.").format(
                          rate=format_general(config.learning_rate), batch=format_count(config.batch_size),
                          epochs=format_count(config.epochs), penalty=format_general(config.penalty)),
                ]
            )
        )  # fmt: skip
