"""The terms of day 1: from a file to tensors."""

from core.language import N_
from dashboard.screens.glossary.term import Term

PREPROCESSING = (
    Term(
        N_("absolute path"),
        N_("A path from the root of the file system. It names the same file from every working directory."),
        "paths", code="os.path.abspath", see=("path", "relative path"),
    ),
    Term(
        N_("categorical feature"),
        N_("A feature whose values are names from a finite set. They have no size, and no order unless one is "
           "given."),
        "prepare", code="pd.Categorical", also=N_("nominal feature, factor"), see=("category", "ordinal encoding"),
    ),
    Term(
        N_("category"),
        N_("One of the values of a categorical feature, such as Pave."),
        "prepare", also=N_("level, class"), see=("categorical feature", "one-hot encoding"),
    ),
    Term(
        N_("CSV"),
        N_("A text file with one row of a table on each line. A delimiter, usually a comma, separates the cells."),
        "data", code="pd.read_csv", also=N_("comma-separated values"), see=("delimiter", "header", "text encoding"),
    ),
    Term(
        N_("data frame"),
        N_("A table with named columns, each of one dtype, and labelled rows."),
        "data", code="pd.DataFrame", also=N_("table"), finds=N_("dataset"), see=("sample", "feature"),
    ),
    Term(
        N_("delimiter"),
        N_("The character between two cells of a row in a text file: a comma, a semicolon or a tab."),
        "data", code="pd.read_csv(sep=)", also=N_("separator"), see=("CSV",),
    ),
    Term(
        N_("device"),
        N_("Where a tensor lies and is computed: the processor (cpu) or a graphics card (cuda, mps). Tensors of one "
           "operation must be on one device; a scalar on the processor is the exception."),
        "environment", code="Tensor.device, torch.cuda.is_available()", finds=N_("GPU, CPU, CUDA, processor"),
        see=("tensor", "virtual environment"),
    ),
    Term(
        N_("dropping rows"),
        N_("Leaving out every row, or every column, with a missing value. What is lost may not be like what is "
           "kept."),
        "gaps", code="DataFrame.dropna", also=N_("listwise deletion"), finds=N_("deletion, complete cases"),
        see=("imputation",),
    ),
    Term(
        N_("dtype"),
        N_("The type of the numbers in a tensor, such as float32 or int64. It decides range, precision, and which "
           "operations are allowed."),
        "tensors?tensors_view=dtypes", code="torch.dtype", also=N_("data type"),
        finds=N_("float32, float64, int64, numeric precision"), see=("tensor",),
    ),
    Term(
        N_("dummy variable"),
        N_("One column of a one-hot encoding. All of them add up to 1, so with a bias the columns are linearly "
           "dependent: the dummy variable trap."),
        "compare?compare_view=rank", code="pd.get_dummies", also=N_("indicator variable"),
        see=("one-hot encoding", "linear dependence"),
    ),
    Term(
        N_("feature"),
        N_("An input of the model: a column from which the label is predicted."),
        "prepare", code="X", also=N_("covariate, input, predictor, independent variable"), see=("label", "sample"),
    ),
    Term(
        N_("fit and transform"),
        N_("To fit is to learn fill values, categories and scales from the training rows. To transform is to apply "
           "them, unchanged, to any rows."),
        "leakage", code="fit, transform", see=("leakage", "imputation", "standardisation"),
    ),
    Term(
        N_("header"),
        N_("The row of a file that holds the names of the columns, usually the first."),
        "data", code="pd.read_csv(header=)", finds=N_("column names"), see=("CSV",),
    ),
    Term(
        N_("imputation"),
        N_("Filling a missing value with an estimate computed from the values that are there."),
        "gaps", code="DataFrame.fillna", finds=N_("fill, filling missing values"),
        see=("mean imputation", "median imputation", "dropping rows"),
    ),
    Term(
        N_("label"),
        N_("The value that the model is to predict."),
        "prepare", code="y", also=N_("target, output, response, dependent variable"), see=("feature", "prediction"),
    ),
    Term(
        N_("leakage"),
        N_("Information from outside the training rows reaches the model while it learns. The test error is then "
           "too small."),
        "leakage", also=N_("data leakage"), see=("training and test split", "fit and transform"),
    ),
    Term(
        N_("mean imputation"),
        N_("Filling the missing values of a column with the mean of its known training values. The mean stays, the "
           "variance shrinks."),
        "gaps", code="fillna(inputs.mean(numeric_only=True))",
        see=("imputation", "median imputation", "mean"),
    ),
    Term(
        N_("median imputation"),
        N_("Filling the missing values of a column with its median, which outliers hardly move."),
        "gaps", code="fillna(inputs.median(numeric_only=True))", see=("mean imputation", "outlier"),
    ),
    Term(
        N_("min-max scaling"),
        N_("Moving and scaling a column so that its training values run from 0 to 1."),
        "prepare", formula=r"\frac{x - \min x}{\max x - \min x}", also=N_("normalisation, normalization"),
        see=("standardisation",),
    ),
    Term(
        N_("missing indicator"),
        N_("A column that is 1 where a value was missing and 0 elsewhere, so that the model can use the fact "
           "itself."),
        "prepare", code="pd.get_dummies(dummy_na=True)", see=("missing value", "one-hot encoding"),
    ),
    Term(
        N_("missing value"),
        N_("A cell without a value. In a file it is empty or spelt NA; pandas marks it as NaN."),
        "gaps", code="DataFrame.isna", also=N_("NA"), finds=N_("gap, null, empty cell"),
        see=("NaN", "imputation", "sentinel value"),
    ),
    Term(
        N_("NaN"),
        N_("“Not a number”: the floating-point value of an undefined result. It equals nothing, not even "
           "itself. Sums and products with it are NaN; pandas leaves it out of a mean."),
        "gaps", code="float(\"nan\"), torch.isnan", also=N_("not a number"), see=("missing value",),
    ),
    Term(
        N_("numeric feature"),
        N_("A feature whose values are numbers with a size and an order."),
        "prepare", code="select_dtypes(\"number\")", also=N_("numerical feature, quantitative feature"),
        finds=N_("continuous feature"), see=("categorical feature", "standardisation"),
    ),
    Term(
        N_("NumPy array"),
        N_("An array of numbers in main memory. A tensor made of one by `from_numpy` shares its memory."),
        "tensors?tensors_view=conversions", code="numpy.ndarray, torch.from_numpy, Tensor.numpy", also=N_("ndarray"),
        see=("tensor", "view"),
    ),
    Term(
        N_("one-hot encoding"),
        N_("A column for each category, 1 in the rows of that category and 0 in all others."),
        "prepare", code="pd.get_dummies", also=N_("dummy coding"), finds=N_("encoding of categories"),
        see=("dummy variable", "ordinal encoding"),
    ),
    Term(
        N_("ordinal encoding"),
        N_("Numbering the categories in order. It makes sense only where they have an order, such as small, medium, "
           "large."),
        "prepare", code="pd.Categorical.codes", also=N_("label encoding, integer encoding"),
        see=("one-hot encoding",),
    ),
    Term(
        N_("outlier"),
        N_("A value far from the others. It moves means and least squares a lot, medians hardly."),
        "prepare", also=N_("extreme value"), see=("median imputation", "leverage"),
    ),
    Term(
        N_("path"),
        N_("The address of a file: names of directories, each followed by a separator, and the name of the file. "
           "The separator is `/`, on Windows also a backslash."),
        "paths", code="os.path.join, pathlib.Path", also=N_("file path"), finds=N_("file name"),
        see=("absolute path", "relative path", "working directory"),
    ),
    Term(
        N_("provenance"),
        N_("Where a value comes from: the cell of the file, and every step between it and the entry of X."),
        "trace", also=N_("lineage, origin"), see=("recipe",),
    ),
    Term(
        N_("recipe"),
        N_("The plan of preprocessing as data: what happens to each column. It can be saved, shared and applied to "
           "another file."),
        "recipe", finds=N_("pipeline, plan"), see=("fit and transform",),
    ),
    Term(
        N_("relative path"),
        N_("A path from the working directory. In it `..` is the parent directory, and a leading `./` changes "
           "nothing."),
        "paths", code="os.path.relpath", see=("absolute path", "working directory"),
    ),
    Term(
        N_("sample"),
        N_("One row of the table: one observed thing, with a value for each feature. In statistics a sample is the "
           "whole set of rows."),
        "data", code="DataFrame.iloc[0]", also=N_("example, instance, observation, data point, row"),
        see=("feature",),
    ),
    Term(
        N_("sentinel value"),
        N_("A number such as −999 that stands for a missing value, and would be taken for a real one."),
        "data", code="pd.read_csv(na_values=)", also=N_("placeholder, missing code"), see=("missing value",),
    ),
    Term(
        N_("standardisation"),
        N_("Subtracting a column's mean and dividing by its standard deviation, both of the training rows. The "
           "result has mean 0 and standard deviation 1 there."),
        "prepare", code="(X - X.mean(0)) / X.std(0, correction=0)", formula=r"z = \frac{x - \mu}{\sigma}",
        also=N_("standardization, z-score"), finds=N_("scaling, feature scaling"),
        see=("min-max scaling", "condition number"),
    ),
    Term(
        N_("text encoding"),
        N_("The rule by which the bytes of a file stand for characters, such as UTF-8."),
        "data", code="pd.read_csv(encoding=)", also=N_("character encoding"), finds=N_("UTF-8"), see=("CSV",),
    ),
    Term(
        N_("validation set"),
        N_("Held-out rows by which hyperparameters are chosen. The test rows must not be used for that."),
        "leakage", also=N_("development set, dev set"), see=("training and test split", "hyperparameter"),
    ),
    Term(
        N_("virtual environment"),
        N_("A directory with a Python and packages of its own, apart from all others on the computer."),
        "environment", code="python3 -m venv .venv", finds=N_("installing, pip, conda, versions"), see=("device",),
    ),
    Term(
        N_("working directory"),
        N_("The directory in which a program was started, or to which it changed. Relative paths begin there."),
        "paths", code="os.getcwd", also=N_("current directory"), see=("relative path",),
    ),
)  # fmt: skip
