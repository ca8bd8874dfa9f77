"""The terms of day 4: linear regression and its training."""

from core.language import N_
from dashboard.screens.glossary.term import Term

REGRESSION = (
    Term(
        N_("accuracy"),
        N_("The share of right predictions. Small changes of the parameters leave it as it is, so its gradient is 0 "
           "almost everywhere: one descends a loss instead."),
        "train?train_view=watch&train_closer=nudge", code="(y_hat == y).float().mean()", see=("loss", "gradient"),
    ),
    Term(
        N_("Adam"),
        N_("An optimizer that divides the running mean of the gradients by the root of that of their squares, for "
           "each parameter on its own."),
        "train", code="torch.optim.Adam", see=("momentum", "optimizer"),
    ),
    Term(
        N_("affine transformation"),
        N_("A linear transformation followed by a shift: weights times features, plus a bias."),
        "train?train_view=hand", code="X @ w + b", formula=r"\hat{y} = w^\top x + b", also=N_("affine function"),
        see=("weight", "bias", "linear regression"),
    ),
    Term(
        N_("argmin"),
        N_("Where a function is smallest, not how small it is there. The fitted parameters are the argmin of the "
           "loss."),
        "compare?compare_view=closed_form", code="torch.argmin",
        formula=r"w^*, b^* = \operatorname*{argmin}_{w,\, b} L(w, b)", also=N_("arg min, minimiser"),
        see=("objective", "closed form"),
    ),
    Term(
        N_("batch size"),
        N_("The number of rows in a minibatch. More rows make the gradient less noisy, and each update dearer."),
        "train", code="DataLoader(batch_size=)", also=N_("minibatch size"), see=("minibatch", "full batch"),
    ),
    Term(
        N_("bias"),
        N_("The constant that is added to the weighted sum: the prediction where all features are 0."),
        "train?train_view=hand", code="b", formula="b", also=N_("intercept, offset"),
        see=("weight", "affine transformation"),
    ),
    Term(
        N_("closed form"),
        N_("A solution written as a formula, computed without steps of descent. This formula needs linearly "
           "independent columns; without them there are many solutions."),
        "compare?compare_view=closed_form", code="torch.linalg.lstsq", formula=r"w^* = (X^\top X)^{-1} X^\top y",
        also=N_("analytic solution, analytical solution, exact solution"), finds=N_("least squares, OLS"),
        see=("normal equations", "rank", "argmin"),
    ),
    Term(
        N_("condition number"),
        N_("The largest over the smallest singular value. The larger it is, the slower descent converges, and the "
           "more digits a solver loses."),
        "compare?compare_view=exact", code="torch.linalg.cond",
        formula=r"\kappa = \frac{\sigma_{\max}}{\sigma_{\min}}", finds=N_("ill-conditioned, conditioning"),
        see=("singular value", "standardisation"),
    ),
    Term(
        N_("confidence interval"),
        N_("A range computed so that, if the assumptions hold, 95% of such ranges from new samples contain the true "
           "value."),
        "compare?compare_view=coefficients", formula=r"\hat{w}_j \pm t \cdot \mathrm{se}(\hat{w}_j)",
        finds=N_("interval, uncertainty"), see=("standard error",),
    ),
    Term(
        N_("convergence"),
        N_("The parameters approach one value and stay near it. With minibatches and a fixed learning rate they end "
           "in a cloud around it."),
        "train?train_view=watch&train_closer=rate", finds=N_("converge"),
        see=("divergence", "noise floor", "learning rate"),
    ),
    Term(
        N_("convex function"),
        N_("A function whose chords never lie below it. Each of its local minima is global; the squared loss of a "
           "linear model is convex."),
        "train", formula=r"f(\lambda x + (1 - \lambda) y) \le \lambda f(x) + (1 - \lambda) f(y)",
        finds=N_("convexity, convex"), see=("stationary point", "squared loss"),
    ),
    Term(
        N_("divergence"),
        N_("The loss grows without bound, since each update overshoots by more than the last. The learning rate is "
           "too large."),
        "train?train_view=watch&train_closer=rate", finds=N_("diverge, blow up, exploding loss"),
        see=("stability limit", "convergence"),
    ),
    Term(
        N_("early stopping"),
        N_("Ending the training when the loss on held-out rows has not fallen for some epochs."),
        "train", finds=N_("patience"), see=("overfitting", "epoch"),
    ),
    Term(
        N_("epoch"),
        N_("One pass over all training rows."),
        "train", code="for epoch in range(num_epochs):", see=("update", "minibatch"),
    ),
    Term(
        N_("full batch"),
        N_("All training rows at once: every update uses the exact gradient of the training loss."),
        "train", finds=N_("batch gradient descent, batch"), see=("minibatch", "gradient descent"),
    ),
    Term(
        N_("Gaussian noise"),
        N_("Normally distributed deviations of the labels from the line. With independent rows and one σ, maximum "
           "likelihood is then least squares."),
        "compare?compare_view=diagnostics&compare_diagnostic=noise", code="torch.normal(0, 0.01, y.shape)",
        formula=r"y = w^\top x + b + \varepsilon, \quad \varepsilon \sim \mathcal{N}(0, \sigma^2)",
        also=N_("normal noise"), see=("normal distribution", "maximum likelihood", "residual"),
    ),
    Term(
        N_("generalisation"),
        N_("How well a model predicts rows that it has not learnt from. The test error measures it."),
        "compare?compare_view=diagnostics&compare_diagnostic=learning", also=N_("generalization"),
        finds=N_("generalization error"), see=("overfitting", "training and test split"),
    ),
    Term(
        N_("gradient descent"),
        N_("Moving the parameters again and again a little against the gradient of the loss."),
        "train", formula=r"w \leftarrow w - \eta\, \nabla L(w)", also=N_("steepest descent"),
        see=("gradient", "learning rate", "SGD"),
    ),
    Term(
        N_("hyperparameter"),
        N_("A setting that is chosen, not learnt from the gradient: learning rate, batch size, number of epochs."),
        "experiments?experiments_view=sweep", finds=N_("tuning"),
        see=("learning rate", "parameter", "validation set"),
    ),
    Term(
        N_("initialisation"),
        N_("The parameters before the first update. With a convex loss and a small enough learning rate, descent "
           "reaches the minimum from any of them."),
        "train", code="torch.normal(0, 0.01, (d, 1)), torch.zeros(1)", also=N_("initialization"),
        finds=N_("initial weights, start"), see=("random seed", "parameter"),
    ),
    Term(
        N_("learning curve"),
        N_("Training and test error against the number of training rows. Often the same name is given to the loss "
           "against the updates."),
        "compare?compare_view=diagnostics&compare_diagnostic=learning", finds=N_("training curve"),
        see=("overfitting", "generalisation"),
    ),
    Term(
        N_("learning rate"),
        N_("The factor by which the gradient is multiplied in an update. Too small is slow, too large diverges."),
        "train?train_view=watch&train_closer=rate", code="torch.optim.SGD(params, lr=0.03)", formula=r"\eta",
        also=N_("step size, lr, eta, η"), see=("stability limit", "update", "divergence"),
    ),
    Term(
        N_("leverage"),
        N_("How much a row's own label moves its own prediction. It is large for rows with unusual features."),
        "compare?compare_view=diagnostics&compare_diagnostic=influence",
        formula=r"h_i = x_i^\top (X^\top X)^{-1} x_i", also=N_("hat value"), finds=N_("influence, Cook's distance"),
        see=("outlier", "residual"),
    ),
    Term(
        N_("linear regression"),
        N_("Predicting a number as a weighted sum of the features plus a bias, with the squared loss."),
        "train", code="torch.nn.Linear", formula=r"\hat{y} = X w + b", also=N_("linear model"),
        see=("affine transformation", "squared loss", "closed form"),
    ),
    Term(
        N_("loss"),
        N_("A number that measures how bad predictions are: the smaller, the better. Training minimises it."),
        "train?train_view=watch&train_closer=formulas", code="torch.nn.MSELoss",
        also=N_("loss function, cost, error function"),
        see=("squared loss", "objective"),
    ),
    Term(
        N_("maximum likelihood"),
        N_("Choosing the parameters under which the observed labels are most probable. With independent rows and "
           "Gaussian noise of one σ, that is least squares."),
        "compare?compare_view=diagnostics&compare_diagnostic=noise",
        formula=r"\operatorname*{argmax}_{w,\, b} \prod_i p(y_i \mid x_i)",
        also=N_("maximum-likelihood estimation, MLE"),
        finds=N_("likelihood, log-likelihood, negative log-likelihood"), see=("Gaussian noise", "squared loss"),
    ),
    Term(
        N_("minibatch"),
        N_("A few rows, drawn anew for each update, whose mean gradient stands for that of all rows."),
        "train", code="DataLoader(dataset, batch_size=10, shuffle=True)", also=N_("batch, mini batch"),
        see=("batch size", "SGD", "shuffling"),
    ),
    Term(
        N_("minimum-norm solution"),
        N_("Of all solutions with the same smallest loss, the one with the smallest L2 norm. There is more than one "
           "when columns are linearly dependent."),
        "compare?compare_view=rank", code="torch.linalg.pinv(X) @ y", formula="w = X^+ y",
        finds=N_("pseudoinverse, pinv"), see=("linear dependence", "rank"),
    ),
    Term(
        N_("momentum"),
        N_("An optimizer that moves the parameters by a velocity, which remembers the gradients of earlier updates."),
        "train", code="torch.optim.SGD(params, lr, momentum=0.9)",
        formula=r"v \leftarrow \beta v + g, \quad w \leftarrow w - \eta\, v", also=N_("heavy ball"),
        finds=N_("velocity"), see=("SGD", "Adam"),
    ),
    Term(
        N_("noise floor"),
        N_("The loss around which minibatch SGD with a fixed learning rate hovers, above the minimum. It falls with "
           "the rate."),
        "experiments?experiments_view=noise_floor", also=N_("plateau"), see=("SGD", "learning rate", "convergence"),
    ),
    Term(
        N_("normal equations"),
        N_("The linear system that sets the gradient of the squared loss to 0."),
        "compare?compare_view=closed_form", code="torch.linalg.solve(X.T @ X, X.T @ y)",
        formula=r"X^\top X w = X^\top y",
        see=("closed form", "rank", "condition number"),
    ),
    Term(
        N_("objective"),
        N_("What training minimises: the mean loss of the training rows, with a penalty if there is one."),
        "train?train_view=watch&train_closer=formulas", formula=r"L(w, b) = \frac{1}{n} \sum_{i=1}^{n} \ell_i(w, b)",
        also=N_("objective function, cost function, empirical risk"), see=("loss", "ridge regression", "argmin"),
    ),
    Term(
        N_("optimizer"),
        N_("The rule that turns gradients into updates of the parameters."),
        "train", code="torch.optim", also=N_("optimiser"), finds=N_("optimization algorithm"),
        see=("SGD", "momentum", "Adam"),
    ),
    Term(
        N_("overfitting"),
        N_("Fitting the training rows, noise included, so closely that the error on new rows grows."),
        "train", finds=N_("overfit, underfitting"), see=("generalisation", "ridge regression", "polynomial features"),
    ),
    Term(
        N_("parameter"),
        N_("A number of the model that training changes: a weight or a bias."),
        "train?train_view=watch&train_closer=nudge", code="model.parameters()", finds=N_("coefficient"),
        see=("weight", "bias", "hyperparameter"),
    ),
    Term(
        N_("polynomial features"),
        N_("Powers and products of features as further columns. The model bends with the features, and stays linear "
           "in its parameters."),
        "train", code="sklearn.preprocessing.PolynomialFeatures", finds=N_("interaction, degree"),
        see=("overfitting", "linear regression"),
    ),
    Term(
        N_("prediction"),
        N_("What the model gives for the features of a row."),
        "compare?compare_view=what_if", code="X @ w + b", formula=r"\hat{y} = w^\top x + b", also=N_("estimate"),
        finds=N_("inference, y hat"), see=("label", "residual"),
    ),
    Term(
        N_("random seed"),
        N_("The number from which pseudorandom numbers start. With the same seed, on the same versions, a run "
           "repeats."),
        "experiments?experiments_view=noise_floor", code="torch.manual_seed", also=N_("seed"),
        finds=N_("reproducibility"), see=("shuffling", "initialisation"),
    ),
    Term(
        N_("rank"),
        N_("The number of linearly independent columns of a matrix. The closed form is unique if it is the number "
           "of columns, that of the bias included."),
        "compare?compare_view=rank", code="torch.linalg.matrix_rank",
        finds=N_("full rank, rank-deficient, singular matrix"), see=("linear dependence", "inverse matrix"),
    ),
    Term(
        N_("residual"),
        N_("The label minus the prediction of a row."),
        "compare?compare_view=diagnostics&compare_diagnostic=fit", code="y - y_hat", formula=r"e_i = y_i - \hat{y}_i",
        finds=N_("error"), see=("prediction", "squared loss", "R²"),
    ),
    Term(
        N_("ridge regression"),
        N_("Least squares with a penalty on the squared L2 norm of the weights. It shrinks them, and has one "
           "solution for any table."),
        "compare?compare_view=rank", code="torch.optim.SGD(params, lr, weight_decay=λ)",
        formula=r"L(w, b) + \frac{\lambda}{2} \lVert w\rVert_2^2",
        also=N_("L2 regularisation, Tikhonov regularisation"), finds=N_("L2 penalty, regularization, weight decay"),
        see=("L2 norm", "overfitting"),
    ),
    Term(
        N_("RMSE"),
        N_("The root of the mean squared residual, in the units of the label."),
        "compare?compare_view=coefficients", code="torch.sqrt(torch.mean((y_hat - y) ** 2))",
        formula=r"\sqrt{\frac{1}{n} \sum_i (y_i - \hat{y}_i)^2}", also=N_("root mean squared error"),
        finds=N_("MSE, mean squared error"), see=("residual", "squared loss"),
    ),
    Term(
        N_("R²"),
        N_("The share of the labels' variance that the predictions explain: 1 is perfect, 0 is no better than the "
           "mean, and on new rows it can be negative."),
        "compare?compare_view=diagnostics&compare_diagnostic=fit",
        formula=r"1 - \frac{\sum_i (y_i - \hat{y}_i)^2}{\sum_i (y_i - \bar{y})^2}",
        also=N_("R squared, coefficient of determination"), see=("residual", "RMSE"),
    ),
    Term(
        N_("SGD"),
        N_("Gradient descent with the gradient of a minibatch in place of that of all rows: cheaper and noisier, "
           "and right on average."),
        "train", code="torch.optim.SGD",
        formula=r"w \leftarrow w - \frac{\eta}{|B|} \sum_{i \in B} \nabla \ell_i(w, b)",
        also=N_("stochastic gradient descent, minibatch SGD"), see=("minibatch", "learning rate", "noise floor"),
    ),
    Term(
        N_("shuffling"),
        N_("Putting the rows into a new random order, usually every epoch, so that minibatches differ."),
        "train", code="DataLoader(shuffle=True), torch.randperm",
        finds=N_("random order, drawing without replacement"), see=("minibatch", "random seed"),
    ),
    Term(
        N_("squared loss"),
        N_("Half the squared difference of prediction and label. The ½ cancels the 2 of the derivative, and moves "
           "no minimum."),
        "train?train_view=watch&train_closer=formulas", code="(y_hat - y) ** 2 / 2",
        formula=r"\ell = \tfrac{1}{2} (\hat{y} - y)^2",
        also=N_("squared error, quadratic loss, L2 loss"), see=("loss", "RMSE", "maximum likelihood"),
    ),
    Term(
        N_("stability limit"),
        N_("The learning rate above which full-batch gradient descent diverges: 2 over the largest eigenvalue of "
           "the loss's second derivatives."),
        "train?train_view=watch&train_closer=rate", formula=r"\eta < \frac{2}{\lambda_{\max}}",
        also=N_("largest learning rate"),
        see=("eigenvalue", "divergence", "learning rate"),
    ),
    Term(
        N_("standard error"),
        N_("How much an estimated coefficient varies from sample to sample: the estimate of its standard deviation."),
        "compare?compare_view=coefficients", formula=r"\hat{\sigma} \sqrt{[(X^\top X)^{-1}]_{jj}}",
        see=("confidence interval", "residual"),
    ),
    Term(
        N_("training and test split"),
        N_("Setting rows aside before anything is learnt. The model learns from the training rows; the test rows "
           "measure the error once."),
        "prepare", code="train_test_split", finds=N_("training set, test set, hold-out, holdout"),
        see=("leakage", "validation set", "generalisation"),
    ),
    Term(
        N_("update"),
        N_("One change of the parameters, from one minibatch."),
        "train", code="optimizer.step()", formula=r"w \leftarrow w - \eta\, g", also=N_("step, iteration"),
        see=("epoch", "learning rate"),
    ),
    Term(
        N_("weight"),
        N_("How much the prediction changes when one feature grows by 1 and the others stay."),
        "compare?compare_view=coefficients", code="w", formula="w_j", also=N_("coefficient, slope"),
        see=("bias", "parameter"),
    ),
)  # fmt: skip
