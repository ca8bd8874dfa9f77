"""Linear regression: minibatch SGD and the closed form."""

from core.regression.comparison import Comparison, compare
from core.regression.convergence.forecast import Forecast, forecast
from core.regression.convergence.loss_surface import EXTREMES, LossSurface, loss_surface
from core.regression.data.metrics import Scores, evaluate
from core.regression.data.minibatches import minibatch_order
from core.regression.data.standardizer import Scaling, fit_scaling
from core.regression.data.synthetic import make_synthetic
from core.regression.diagnostics.confidence_intervals import Estimate, combine, predict_intervals
from core.regression.diagnostics.leverage import Leverage, fit_leverage
from core.regression.experiments.sweep import SweepPlan, plan_sweep, sweep
from core.regression.least_squares.closed_form import ClosedForm, solve_closed_form
from core.regression.least_squares.ridge import Ridge, solve_ridge
from core.regression.sgd.config import SgdConfig
from core.regression.sgd.divergence import Divergence
from core.regression.sgd.stability import stability_limit
from core.regression.sgd.train import EarlyStop, SgdRun, Updates, train, train_sgd, warm_up

__all__ = [
    "EXTREMES",
    "ClosedForm",
    "Comparison",
    "Divergence",
    "EarlyStop",
    "Estimate",
    "Forecast",
    "Leverage",
    "LossSurface",
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
    "loss_surface",
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
