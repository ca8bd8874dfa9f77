"""What one can do after a screen, in a few phrases each: "After this you can ..."."""

from core.language import N_, _

# fmt: off
OUTCOMES: dict[str, tuple[str, ...]] = {
    # images
    "images": (
        N_("say what a picture is to a computer: three tables of numbers from 0 to 255"),
        N_("compute how many features a picture has: height times width times 3"),
        N_("find the entry of the vector that holds a pixel's number, by channel and by pixel"),
        N_("explain what `reshape` without `permute` does to a picture"),
        N_("tell the shapes `(n,)`, `(1, n)` and `(n, 1)` of a vector apart"),
    ),

    # neuron
    "neuron": (
        N_("compute z and p of a neuron by hand, from its features, weights and bias"),
        N_("tell a saturated sigmoid by its derivative, and name what to do"),
        N_("say when no finite weights are the best, and why they then grow for ever"),
        N_("choose a threshold by what a mistake of each kind costs"),
        N_("turn the scores of several classes into probabilities by softmax"),
    ),

    # normal
    "normal": (
        N_("say what the mean and the variance each do to the normal density"),
        N_("say why the least squared loss is the largest likelihood under normal noise"),
        N_("say why a product of many densities is 0.0 on a computer, and why its logarithm is not"),
        N_("choose a loss by the noise: absolute for Laplace, squared for normal, the largest error for uniform"),
        N_("predict what one outlier does to the median, the mean and the mid-range"),
    ),

    # network
    "network": (
        N_("read linear regression as a network of one layer, and say why the input is not counted"),
        N_("compute the number of parameters of a fully connected network as a sum of products"),
        N_("name the shapes of W, b and the activations of every layer"),
        N_("follow one row forward to the prediction, and its gradients back to every weight"),
        N_("say what a hidden layer with an activation can do that none can"),
    ),

    # components
    "components": (
        N_("name the four parts, data, model, objective and optimiser, and say what each one does in a turn"),
        N_("tell a model from its family, and from the algorithm that chooses in the family"),
        N_("say why an accuracy of 95% can mean nothing, and which figures to ask for"),
        N_("say why the training error falls with the degree, and the test error does not"),
        N_("measure how well a layer's output tells classes apart"),
    ),

    # problems
    "problems": (
        N_("name the kind of a learning problem by its input, its output and its loss"),
        N_("say which kinds of problems a table of your own could be"),
        N_("tell supervised, unsupervised and interacting problems apart, and offline from online"),
        N_("say for each kind what the exact answer is, and how far a learner is from it"),
        N_("predict what a setting does before you run it, and explain why you were wrong"),
    ),

    # preprocessing
    "data": (
        N_("say which rows are samples, which columns are features, and which column is the label"),
        N_("recognise the tokens with which a file writes a missing value, such as `NA`"),
        N_("check what reading has guessed: separator, decimal mark, header and kind of each column"),
        N_("find every cell that reading has changed, and override it"),
    ),
    "then-and-now": (
        N_("read a file with `pd.read_csv`, and say which cells it takes for missing"),
        N_("separate inputs from outputs with `iloc`"),
        N_("say why `inputs.fillna(inputs.mean())` fails on a column of text, and write the line that works"),
        N_("predict the columns that `pd.get_dummies(inputs, dummy_na=True)` makes, and their values"),
        N_("turn a table into a float tensor, and say what has to be numeric first"),
    ),
    "paths": (
        N_("tell a relative path from an absolute one"),
        N_("say from which folder a relative path is counted"),
        N_("join a folder and a file with `os.path.join`"),
    ),
    "gaps": (
        N_("say why a fill with the mean keeps the mean and makes the spread smaller"),
        N_("choose between mean and median for a column with values far from the others"),
        N_("measure how far off a fill is, on cells whose values are known"),
    ),
    "prepare": (
        N_("fill the missing values of a column from the training rows alone"),
        N_("encode a category as columns of 0 and 1, one for each level"),
        N_("standardise a feature, so that its mean is 0 and its standard deviation 1"),
        N_("choose a split at random, by group or by time"),
    ),
    "leakage": (
        N_("say why not even a fill value may be learnt from the test rows"),
        N_("compare an honest preparation with a leaky one on the same splits"),
        N_("say what copies of rows on both sides of a split do to the test error"),
    ),
    "trace": (
        N_("follow any entry of `X` back to its cell in the file"),
        N_("name every step between the two, and what it changed"),
        N_("compute a standardised entry by hand: (cell − mean) / standard deviation"),
    ),
    "recipe": (
        N_("tell a plan from what it learns when it is fitted"),
        N_("apply a fitted plan to a second file without learning anything from it"),
        N_("share a plan as JSON or in a link"),
    ),

    "tensors": (
        N_("read the shape, the axes and the number of entries of a tensor"),
        N_("predict the shape after `reshape`, `cat` and `stack`"),
        N_("say which shapes broadcast, and what (3, 1) and (1, 2) become"),
        N_("tell a view, which shares memory, from a copy"),
        N_("say why (n, 1) minus (n,) makes a loss wrong without an error"),
    ),
    "products": (
        N_("tell the Hadamard product `A * B` from the matrix product `A @ B`"),
        N_("say which shapes can be multiplied, and which shape the product has"),
        N_("read a dot product as a sum of products, and as a weighted mean"),
        N_("say what `A.clone()` keeps when `A` changes, and what `B = A` does not"),
        N_("recognise a symmetric matrix by `A == A.T`"),
    ),
    "reductions": (
        N_("name the axis that a sum collapses, and the shape that is left"),
        N_("say why `A / A.sum(axis=1)` needs `keepdims=True`"),
        N_("write a mean as a sum divided by a number of entries"),
        N_("tell `cumsum`, which keeps the shape, from `sum`, which does not"),
    ),
    "norms": (
        N_("compute the ℓ1 norm and the ℓ2 norm of a vector by hand: 7 and 5 for [3, −4]"),
        N_("name the three properties of a norm, and the one that fails for p < 1"),
        N_("tell the Frobenius norm of a matrix from its spectral norm"),
        N_("say why the nearest row changes with the units of a feature"),
    ),

    "calculus": (
        N_("write a derivative as the limit of a difference quotient"),
        N_("say why a smaller h is not always a better one on a computer"),
        N_("differentiate sums, products, quotients and compositions by the rules"),
        N_("collect the partial derivatives of a function in its gradient"),
        N_("give the shape of a derivative by a vector, in either layout"),
    ),
    "autograd": (
        N_("say when `x.grad` is `None`, when it is filled, and when it has to be zeroed"),
        N_("call `backward` on a y of several entries, by `y.sum()` or with weights"),
        N_("treat a part of a computation as a constant with `detach`"),
        N_("follow the chain rule through a graph, from the output back to the inputs"),
        N_("say why reverse mode suits one loss of many parameters"),
    ),

    "train": (
        N_("write down the model ŷ = Xw + b and its loss, half the mean squared error"),
        N_("describe one update of minibatch SGD: a few rows, their gradient, a small move against it"),
        N_("say what learning rate, batch size and epochs each change"),
        N_("predict from the limit of the learning rate whether full batches will converge"),
        N_("explain why features are standardised before SGD"),
    ),
    "compare": (
        N_("say where the closed form comes from, and when it exists"),
        N_("read a coefficient in the units of the table, and per standard deviation"),
        N_("tell how far SGD is from the closed form, and how far either may be from the truth"),
        N_("name the noise for which least squares is maximum likelihood"),
        N_("recognise linearly dependent columns, and say what ridge does about them"),
    ),
    "experiments": (
        N_("tell what a setting does from what a seed does"),
        N_("say why SGD at a constant learning rate hovers above the closed form"),
        N_("read from a grid which learning rates and batch sizes work together"),
        N_("compare runs by updates, by epochs and by rows seen"),
    ),
    "take-home": (
        N_("repeat a run from its script, with the same numbers up to rounding"),
        N_("predict new rows with a saved model"),
        N_("hand on a run as a report, a session or a link"),
    ),
}
# fmt: on


def outcomes(path: str) -> list[str]:
    """Return what one can do after the screen at this path, in the visitor's language; none for a screen without."""
    return [_(each) for each in OUTCOMES.get(path, ())]
