"""Linear regression: minibatch SGD beside the closed form."""

from core.regression.closed_form import ClosedForm, solve_closed_form
from core.regression.comparison import Comparison, compare
from core.regression.divergence import Divergence
from core.regression.forecasting import Forecast, forecast
from core.regression.landscapes import EXTREMES, Landscape, landscape
from core.regression.minibatches import minibatch_order
from core.regression.scaling import Scaling, fit_scaling
from core.regression.scores import Scores, evaluate
from core.regression.sgd import SgdRun, train_sgd, warm_up
from core.regression.stability import stability_limit
from core.regression.sweeps import sweep
from core.regression.synthetic import make_synthetic

__all__ = [
    "EXTREMES",
    "ClosedForm",
    "Comparison",
    "Divergence",
    "Forecast",
    "Landscape",
    "Scaling",
    "Scores",
    "SgdRun",
    "compare",
    "evaluate",
    "fit_scaling",
    "forecast",
    "landscape",
    "make_synthetic",
    "minibatch_order",
    "solve_closed_form",
    "stability_limit",
    "sweep",
    "train_sgd",
    "warm_up",
]
