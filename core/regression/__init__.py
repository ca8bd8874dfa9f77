"""Linear regression: minibatch SGD beside the closed form."""

from core.regression.closed_form import ClosedForm, solve_closed_form
from core.regression.comparison import Comparison, compare
from core.regression.config import SgdConfig
from core.regression.divergence import Divergence
from core.regression.forecasting import Forecast, forecast
from core.regression.grids import SweepPlan, plan_sweep
from core.regression.intervals import Estimate, combine, predict_intervals
from core.regression.landscapes import EXTREMES, Landscape, landscape
from core.regression.leverage import Leverage, fit_leverage
from core.regression.minibatches import minibatch_order
from core.regression.ridge import Ridge, solve_ridge
from core.regression.scaling import Scaling, fit_scaling
from core.regression.scores import Scores, evaluate
from core.regression.sgd import EarlyStop, SgdRun, Updates, train, train_sgd, warm_up
from core.regression.stability import stability_limit
from core.regression.sweeps import sweep
from core.regression.synthetic import make_synthetic

__all__ = [
    "EXTREMES",
    "ClosedForm",
    "Comparison",
    "Divergence",
    "EarlyStop",
    "Estimate",
    "Forecast",
    "Landscape",
    "Leverage",
    "Ridge",
    "Scaling",
    "Scores",
    "SgdConfig",
    "SgdRun",
    "SweepPlan",
    "Updates",
    "combine",
    "compare",
    "evaluate",
    "fit_leverage",
    "fit_scaling",
    "forecast",
    "landscape",
    "make_synthetic",
    "minibatch_order",
    "plan_sweep",
    "predict_intervals",
    "solve_closed_form",
    "solve_ridge",
    "stability_limit",
    "sweep",
    "train",
    "train_sgd",
    "warm_up",
]
