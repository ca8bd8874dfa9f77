"""The terms of the foundations: pictures, neurons, noise, networks, and what a model is made of."""

from core.language import N_
from dashboard.screens.glossary.term import Term

# fmt: off
FOUNDATIONS = (
    Term(
        N_("activation function"),
        N_("The function that a layer applies to its weighted sums, entry by entry. Without one, layers in a row are "
           "one affine transformation."),
        "network?network_view=lessons", code="torch.nn.ReLU, torch.nn.Sigmoid, torch.nn.Tanh", also=N_("activation"),
        see=("ReLU", "sigmoid", "hidden layer"),
    ),
    Term(
        N_("calibration"),
        N_("Whether predicted probabilities are shares: of the rows given 80%, about 80 in 100 should be of the "
           "class."),
        "neuron?neuron_view=threshold", see=("threshold", "sigmoid"),
    ),
    Term(
        N_("channel"),
        N_("One of the matrices of a picture, a number for each pixel: red, green or blue."),
        "images", code="Tensor.permute", also=N_("colour channel, color channel"), see=("pixel", "feature vector"),
    ),
    Term(
        N_("class imbalance"),
        N_("One class has far more rows than another. To predict always the larger one is then very accurate, and of "
           "no use."),
        "components?components_view=data", also=N_("unbalanced data, imbalanced data"), see=("accuracy", "recall"),
    ),
    Term(
        N_("classification"),
        N_("Predicting which class a row belongs to, usually with a probability for each."),
        "neuron?neuron_view=classes", also=N_("classifier"), see=("logistic regression", "softmax", "cross-entropy"),
    ),
    Term(
        N_("confusion matrix"),
        N_("The counts of rows by true and predicted class: true and false positives and negatives."),
        "neuron?neuron_view=threshold", also=N_("contingency table"), finds=N_("true positive, false positive"),
        see=("precision", "recall"),
    ),
    Term(
        N_("convolution"),
        N_("A small matrix, the kernel, moves over a picture; at each place the products of its entries with the "
           "pixels are summed."),
        "components?components_view=levels", code="torch.nn.functional.conv2d", also=N_("cross-correlation"),
        finds=N_("kernel, filter, edge, Canny, SIFT"), see=("channel", "representation"),
    ),
    Term(
        N_("cross-entropy"),
        N_("Minus the mean logarithm of the probability given to the true class: the loss of logistic and softmax "
           "regression."),
        "neuron?neuron_view=train", code="torch.nn.BCEWithLogitsLoss, torch.nn.CrossEntropyLoss",
        formula=r"-\frac{1}{n} \sum_i \log p_{i, y_i}", also=N_("log loss, logistic loss"),
        see=("logistic regression", "maximum likelihood"),
    ),
    Term(
        N_("dead ReLU"),
        N_("A unit whose weighted sum is negative for every row: its output and its gradient are 0, so it no longer "
           "learns."),
        "network?network_view=lessons", see=("ReLU", "initialisation"),
    ),
    Term(
        N_("decision boundary"),
        N_("Where a classifier is undecided: for one neuron the line, plane or hyperplane on which the weighted sum "
           "is 0."),
        "neuron?neuron_view=one", formula=r"w^\top x + b = 0", also=N_("decision line, decision surface"),
        see=("neuron", "threshold"),
    ),
    Term(
        N_("deep learning"),
        N_("Learning with networks of several layers, each computing a representation from that of the layer before."),
        "network?network_view=stage", finds=N_("deep"), see=("hidden layer", "representation"),
    ),
    Term(
        N_("dense layer"),
        N_("A layer in which every unit is connected to every input: an affine transformation, then an activation."),
        "network?network_view=stage", code="torch.nn.Linear", formula=r"h = \sigma(W x + b)",
        also=N_("fully connected layer, linear layer"), see=("affine transformation", "activation function"),
    ),
    Term(
        N_("end-to-end learning"),
        N_("One model learns all of the way from raw input to prediction, instead of using hand-made features."),
        "components?components_view=levels", see=("representation",),
    ),
    Term(
        N_("feature vector"),
        N_("The features of one sample as a vector. A picture of h × w pixels with three channels has h · w · 3 "
           "entries."),
        "images", code="Tensor.flatten, torch.flatten", see=("feature", "channel", "flattening"),
    ),
    Term(
        N_("flattening"),
        N_("Writing the entries of a tensor one after another into a vector. Which comes first depends on the order "
           "of the axes."),
        "images", code="Tensor.flatten, Tensor.reshape", also=N_("vectorisation"), see=("reshape", "feature vector"),
    ),
    Term(
        N_("hidden layer"),
        N_("A layer between input and output. The input is not counted as a layer, since it computes nothing."),
        "network?network_view=stage", see=("dense layer", "deep learning"),
    ),
    Term(
        N_("k nearest neighbours"),
        N_("Predicts the mean, or the most frequent class, of the k training rows that are nearest."),
        "components?components_view=supervised", also=N_("k-NN, kNN, k nearest neighbors"),
        see=("nonparametric model", "distance"),
    ),
    Term(
        N_("label noise"),
        N_("Labels that are wrong. A model cannot know which ones, and learns them too."),
        "components?components_view=data", also=N_("mislabelled data"), see=("label", "overfitting"),
    ),
    Term(
        N_("Laplace distribution"),
        N_("A distribution with a peak and long tails. Under this noise, the sum of absolute errors is the maximum "
           "likelihood loss."),
        "normal", code="torch.distributions.Laplace", formula=r"p(x) = \frac{1}{2b} e^{-|x - \mu| / b}",
        see=("median", "normal distribution"),
    ),
    Term(
        N_("learning algorithm"),
        N_("The procedure that chooses one model out of its family, from data."),
        "components?components_view=parts", see=("model family", "optimizer"),
    ),
    Term(
        N_("local minimum"),
        N_("A point lower than all points near it. A loss that is not convex can have several, and where descent ends "
           "depends on its start."),
        "components?components_view=surfaces", see=("convex function", "stationary point", "initialisation"),
    ),
    Term(
        N_("logistic regression"),
        N_("A neuron with a sigmoid, trained by cross-entropy: it predicts the probability of one of two classes."),
        "neuron?neuron_view=train", see=("sigmoid", "cross-entropy", "separable classes"),
    ),
    Term(
        N_("logit"),
        N_("The weighted sum before the sigmoid: the logarithm of the odds p / (1 − p)."),
        "neuron?neuron_view=one", code="torch.logit", formula=r"z = \log \frac{p}{1 - p}", also=N_("log odds"),
        see=("sigmoid", "softmax"),
    ),
    Term(
        N_("median"),
        N_("The value in the middle: as many lie below as above. It makes the sum of absolute errors smallest."),
        "normal", code="torch.median", see=("mean", "Laplace distribution", "mid-range"),
    ),
    Term(
        N_("mid-range"),
        N_("The middle between the smallest and the largest value. It makes the largest error smallest."),
        "normal", formula=r"\tfrac{1}{2} (\min x + \max x)", see=("median", "mean", "uniform distribution"),
    ),
    Term(
        N_("model family"),
        N_("All the models that the parameters can make, such as all straight lines."),
        "components?components_view=parts", also=N_("model class, hypothesis class"),
        see=("parameter", "learning algorithm"),
    ),
    Term(
        N_("neural network"),
        N_("Layers of neurons, the outputs of each layer being the inputs of the next."),
        "network?network_view=stage", code="torch.nn.Sequential", also=N_("multilayer perceptron, MLP"),
        see=("neuron", "dense layer", "hidden layer"),
    ),
    Term(
        N_("neuron"),
        N_("A weighted sum of the inputs, plus a bias, through an activation function."),
        "neuron?neuron_view=one", formula=r"\sigma(w^\top x + b)", also=N_("unit, perceptron"),
        see=("dot product", "sigmoid", "bias"),
    ),
    Term(
        N_("nonparametric model"),
        N_("A model whose size grows with the data, like nearest neighbours: weaker assumptions, but it needs more "
           "rows."),
        "components?components_view=supervised", finds=N_("parametric model"),
        see=("k nearest neighbours", "parameter"),
    ),
    Term(
        N_("normal distribution"),
        N_("The bell curve: its mean says where the peak is, its standard deviation how wide it is. The peak gets "
           "lower as it gets wider."),
        "normal", code="torch.distributions.Normal, torch.normal",
        formula=r"p(x) = \frac{1}{\sigma \sqrt{2 \pi}} e^{-(x - \mu)^2 / (2 \sigma^2)}",
        also=N_("Gaussian distribution, Gaussian"), finds=N_("bell curve"),
        see=("Gaussian noise", "variance", "maximum likelihood"),
    ),
    Term(
        N_("padding"),
        N_("Filling short samples up, usually with zeros, so that all have one length."),
        "components?components_view=supervised", code="torch.nn.utils.rnn.pad_sequence", see=("sample", "shape"),
    ),
    Term(
        N_("pixel"),
        N_("One point of a picture: a number from 0 to 255 for each channel, of type uint8."),
        "images", see=("channel", "feature vector"),
    ),
    Term(
        N_("precision"),
        N_("Of the rows predicted as positive, the share that is."),
        "neuron?neuron_view=threshold", formula=r"\frac{TP}{TP + FP}", see=("recall", "confusion matrix"),
    ),
    Term(
        N_("recall"),
        N_("Of the rows that are positive, the share that is predicted as positive."),
        "neuron?neuron_view=threshold", formula=r"\frac{TP}{TP + FN}", also=N_("sensitivity, true positive rate"),
        see=("precision", "confusion matrix"),
    ),
    Term(
        N_("ReLU"),
        N_("The larger of 0 and z: the usual activation of hidden layers. Its slope is 1 above 0, and 0 below."),
        "neuron?neuron_view=one", code="torch.relu, torch.nn.ReLU", formula=r"\max(0, z)",
        also=N_("rectified linear unit"), see=("activation function", "dead ReLU"),
    ),
    Term(
        N_("representation"),
        N_("What a layer makes of its input: the features that the next layer computes with."),
        "components?components_view=levels", also=N_("embedding"), finds=N_("levels of representation"),
        see=("deep learning", "end-to-end learning"),
    ),
    Term(
        N_("saturation"),
        N_("Where an activation hardly changes any more, so that its gradient is nearly 0 and learning stops."),
        "neuron?neuron_view=one", finds=N_("vanishing gradient"), see=("sigmoid", "gradient"),
    ),
    Term(
        N_("separable classes"),
        N_("Classes that a line or plane divides without a mistake. Logistic regression then has no finite optimum: "
           "larger weights are always better."),
        "neuron?neuron_view=train", also=N_("linearly separable, complete separation"), see=("logistic regression",),
    ),
    Term(
        N_("sigmoid"),
        N_("Maps any number to one between 0 and 1, which is read as a probability; 0 is mapped to ½."),
        "neuron?neuron_view=one", code="torch.sigmoid, torch.nn.Sigmoid", formula=r"\frac{1}{1 + e^{-z}}",
        also=N_("logistic function"), see=("logit", "saturation", "softmax"),
    ),
    Term(
        N_("softmax"),
        N_("Turns the scores of all classes into probabilities that add up to 1; for two classes it is a sigmoid of "
           "their difference."),
        "neuron?neuron_view=classes", code="torch.softmax, torch.nn.Softmax",
        formula=r"\frac{e^{z_k}}{\sum_j e^{z_j}}", see=("sigmoid", "cross-entropy"),
    ),
    Term(
        N_("supervised learning"),
        N_("Learning from rows whose labels are known, to predict those of rows without."),
        "components?components_view=supervised", see=("label", "prediction", "generalisation"),
    ),
    Term(
        N_("symmetry of hidden units"),
        N_("Hidden units that start with equal weights get equal gradients and stay equal: the layer is as good as one "
           "unit. So starts are random."),
        "network?network_view=lessons", also=N_("symmetry breaking"), see=("initialisation", "hidden layer"),
    ),
    Term(
        N_("tanh"),
        N_("An activation like the sigmoid, but from −1 to 1 and with its middle at 0."),
        "neuron?neuron_view=one", code="torch.tanh, torch.nn.Tanh", also=N_("hyperbolic tangent"),
        formula=r"\frac{e^z - e^{-z}}{e^z + e^{-z}}", see=("sigmoid", "activation function"),
    ),
    Term(
        N_("threshold"),
        N_("The probability from which on a row counts as positive. ½ is best only if both mistakes cost the same."),
        "neuron?neuron_view=threshold", also=N_("cut-off, cutoff"), see=("precision", "recall", "confusion matrix"),
    ),
    Term(
        N_("uniform distribution"),
        N_("All values of a range are equally likely. Under this noise every line that keeps all errors in the range "
           "is as likely, and the largest error counts."),
        "normal", code="torch.distributions.Uniform, torch.rand", see=("mid-range", "maximum norm"),
    ),
)
# fmt: on
