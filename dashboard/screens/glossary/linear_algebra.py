"""The terms of day 2: tensors and linear algebra."""

from core.language import N_
from dashboard.screens.glossary.term import Term

LINEAR_ALGEBRA = (
    Term(
        N_("assignment"),
        N_("Giving a second name to the same tensor. `B = A` copies nothing: what changes B changes A."),
        "products?products_view=clone&products_making=assign", code="B = A", finds=N_("alias, reference"),
        see=("copy", "view"),
    ),
    Term(
        N_("axis"),
        N_("One direction in which a tensor is indexed. Along axis 0 of a matrix one goes from row to row, along axis "
           "1 from column to column. −1 is the last axis."),
        "tensors?tensors_view=axes", code="dim=, axis=", also=N_("dim"), see=("shape", "dimension", "reduction"),
    ),
    Term(
        N_("broadcasting"),
        N_("Repeating axes of length 1, without a copy in memory, until two shapes agree. Shapes are aligned at the "
           "last axis; lengths must be equal, or one of them 1."),
        "tensors?tensors_view=broadcasting", code="torch.broadcast_tensors, Tensor.expand", see=("shape", "keepdims"),
    ),
    Term(
        N_("concatenation"),
        N_("Joining tensors along an axis that they have. All other lengths must be equal."),
        "tensors?tensors_view=joining&tensors_join_how=cat", code="torch.cat", finds=N_("concatenate, joining"),
        see=("stacking", "axis"),
    ),
    Term(
        N_("copy"),
        N_("A tensor with memory of its own. What is written into it changes no other tensor."),
        "products?products_view=clone&products_making=clone", code="Tensor.clone", also=N_("clone, deep copy"),
        see=("view", "assignment"),
    ),
    Term(
        N_("cosine similarity"),
        N_("The dot product of two vectors over the product of their lengths: the cosine of the angle between them."),
        "products?products_view=dot", code="torch.nn.functional.cosine_similarity",
        formula=r"\cos\theta = \frac{x^\top y}{\lVert x\rVert_2 \lVert y\rVert_2}", finds=N_("angle"),
        see=("dot product", "orthogonal vectors"),
    ),
    Term(
        N_("cumulative sum"),
        N_("The sums of the first one, two, three entries and so on along an axis. The shape stays."),
        "reductions?reductions_view=running", code="torch.cumsum, A.cumsum(dim=0)",
        also=N_("running sum, prefix sum, cumsum"), see=("sum", "reduction"),
    ),
    Term(
        N_("dimension"),
        N_("Of a vector, the number of its entries; of a tensor, the number of its axes. The length along one axis "
           "is called a dimension too: say which is meant."),
        "tensors?tensors_view=axes", code="Tensor.ndim, len(x)", also=N_("dimensionality"), finds=N_("ndim"),
        see=("axis", "shape"),
    ),
    Term(
        N_("distance"),
        N_("The norm of the difference of two vectors. Which rows are near depends on the norm and on the units of "
           "the features."),
        "norms?norms_view=distances", code="torch.linalg.vector_norm(x - y), torch.cdist",
        formula=r"\lVert x - y\rVert", see=("norm", "standardisation"),
    ),
    Term(
        N_("dot product"),
        N_("The sum of the products of the entries of two vectors in pairs. Both need the same length."),
        "products?products_view=dot", code="torch.dot, x @ y", formula=r"x^\top y = \sum_i x_i y_i",
        also=N_("inner product, scalar product"), see=("Hadamard product", "weighted average", "cosine similarity"),
    ),
    Term(
        N_("eigenvalue"),
        N_("λ is an eigenvalue of a square matrix if the matrix only stretches some vector other than 0, by λ. "
           "Those of XᵀX/n are the curvatures of the squared loss."),
        "train?train_view=watch&train_closer=rate", code="torch.linalg.eigvals, torch.linalg.eigvalsh",
        formula=r"A v = \lambda v", finds=N_("eigenvector"),
        see=("singular value", "stability limit"),
    ),
    Term(
        N_("element-wise operation"),
        N_("An operation on entries at the same place, such as x + y or exp(x). The result has the shape of the "
           "arguments after broadcasting."),
        "products?products_view=hadamard", code="x + y, torch.exp", also=N_("pointwise operation"),
        finds=N_("elementwise, entry by entry"), see=("Hadamard product", "broadcasting"),
    ),
    Term(
        N_("entry"),
        N_("One number in a tensor, found by an index along each axis."),
        "tensors?tensors_view=slicing", code="A[1, 2], Tensor.item", also=N_("element, component"),
        see=("slicing", "scalar"),
    ),
    Term(
        N_("Frobenius norm"),
        N_("The square root of the sum of all squared entries: the L2 norm of the matrix as one long vector."),
        "norms?norms_view=matrix", code="torch.linalg.matrix_norm(A), torch.linalg.norm(A)",
        formula=r"\lVert A\rVert_F = \sqrt{\sum_{ij} a_{ij}^2}", see=("spectral norm", "L2 norm"),
    ),
    Term(
        N_("Hadamard product"),
        N_("The product of two tensors entry by entry. It is not the product of matrices."),
        "products?products_view=hadamard", code="A * B", formula=r"(A \odot B)_{ij} = a_{ij} b_{ij}",
        also=N_("element-wise product, elementwise multiplication"), see=("matrix–matrix product",),
    ),
    Term(
        N_("identity matrix"),
        N_("The square matrix with 1 on its diagonal and 0 elsewhere. Multiplying by it changes nothing."),
        "products?products_view=matrix_matrix", code="torch.eye", formula="I A = A", see=("inverse matrix",),
    ),
    Term(
        N_("in-place operation"),
        N_("An operation that writes its result into the memory of its argument. Other names and views see the "
           "change."),
        "tensors?tensors_view=memory&tensors_memory_about=update", code="X += Y, X[:] = X + Y, Tensor.add_",
        finds=N_("in place, inplace"), see=("view", "copy"),
    ),
    Term(
        N_("inverse matrix"),
        N_("The matrix that undoes another: their product is the identity. Only a square matrix with independent "
           "columns has one."),
        "compare?compare_view=rank", code="torch.linalg.inv, better torch.linalg.solve", formula="A^{-1} A = I",
        see=("rank", "normal equations"),
    ),
    Term(
        N_("keepdims"),
        N_("Keeping the reduced axis, with length 1, so that the result still broadcasts against the tensor it came "
           "from."),
        "reductions?reductions_view=shares", code="A.sum(dim=1, keepdim=True), axis=1, keepdims=True",
        also=N_("keepdim"), see=("reduction", "broadcasting"),
    ),
    Term(
        N_("L1 norm"),
        N_("The sum of the absolute values of a vector's entries."),
        "norms?norms_view=vector", code="torch.linalg.vector_norm(x, ord=1), torch.abs(x).sum()",
        formula=r"\lVert x\rVert_1 = \sum_i |x_i|", also=N_("Manhattan norm, taxicab norm"),
        see=("L2 norm", "norm"),
    ),
    Term(
        N_("L2 norm"),
        N_("The square root of the sum of a vector's squared entries: its length."),
        "norms?norms_view=vector", code="torch.linalg.vector_norm(x)",
        formula=r"\lVert x\rVert_2 = \sqrt{\sum_i x_i^2}", also=N_("Euclidean norm, length"),
        finds=N_("magnitude"), see=("L1 norm", "Lp norm"),
    ),
    Term(
        N_("linear dependence"),
        N_("One column is a sum of multiples of others, and adds nothing new. Then many coefficients give the same "
           "predictions."),
        "compare?compare_view=rank", code="torch.linalg.matrix_rank", also=N_("collinearity, multicollinearity"),
        finds=N_("redundant column"), see=("rank", "minimum-norm solution"),
    ),
    Term(
        N_("Lp norm"),
        N_("The p-th root of the sum of p-th powers of the absolute values. It is a norm for p ≥ 1."),
        "norms?norms_view=ball", code="torch.linalg.vector_norm(x, ord=p)",
        formula=r"\lVert x\rVert_p = \Bigl(\sum_i |x_i|^p\Bigr)^{1/p}", also=N_("p-norm"),
        see=("unit ball", "maximum norm"),
    ),
    Term(
        N_("matrix"),
        N_("A tensor with two axes: rows and columns."),
        "tensors?tensors_view=axes", code="torch.arange(6).reshape(3, 2)", formula=r"A \in \mathbb{R}^{m \times n}",
        see=("vector", "tensor", "transpose"),
    ),
    Term(
        N_("matrix–matrix product"),
        N_("The entry in row i and column j is the dot product of row i of A and column j of B. A needs as many "
           "columns as B has rows."),
        "products?products_view=matrix_matrix", code="A @ B, torch.mm, torch.matmul",
        formula=r"(AB)_{ij} = \sum_k a_{ik} b_{kj}", also=N_("matrix multiplication, matmul"),
        see=("Hadamard product", "dot product"),
    ),
    Term(
        N_("matrix–vector product"),
        N_("The dot product of each row of a matrix with the vector. It is also a sum of the columns, weighted by "
           "the vector's entries."),
        "products?products_view=matrix_vector", code="A @ x, torch.mv", formula=r"(Ax)_i = \sum_j a_{ij} x_j",
        see=("dot product", "matrix–matrix product"),
    ),
    Term(
        N_("maximum norm"),
        N_("The largest absolute value among a vector's entries: the limit of the Lp norm as p grows."),
        "norms?norms_view=vector", code="torch.linalg.vector_norm(x, ord=float(\"inf\"))",
        formula=r"\lVert x\rVert_\infty = \max_i |x_i|", also=N_("max norm, infinity norm, Chebyshev norm"),
        see=("Lp norm",),
    ),
    Term(
        N_("mean"),
        N_("The sum over the number of entries. torch refuses it for whole numbers; they have to become float "
           "first."),
        "reductions?reductions_view=collapse&reductions_how=mean", code="A.mean(dim=0), A.sum() / A.numel()",
        formula=r"\bar{x} = \frac{1}{n} \sum_i x_i", also=N_("average, arithmetic mean"),
        see=("sum", "reduction", "weighted average"),
    ),
    Term(
        N_("norm"),
        N_("A measure of size: 0 only for the zero vector, scaled by |a| when the vector is scaled by a, and never "
           "more for a sum than for its parts together."),
        "norms?norms_view=properties",
        code="torch.linalg.vector_norm, torch.linalg.matrix_norm; torch.norm is deprecated",
        finds=N_("size of a vector"), see=("L1 norm", "L2 norm", "triangle inequality", "Frobenius norm"),
    ),
    Term(
        N_("nuclear norm"),
        N_("The sum of a matrix's singular values."),
        "norms?norms_view=matrix", code="torch.linalg.matrix_norm(A, ord=\"nuc\")",
        formula=r"\lVert A\rVert_* = \sum_i \sigma_i", also=N_("trace norm"), see=("singular value", "spectral norm"),
    ),
    Term(
        N_("orthogonal vectors"),
        N_("Vectors at a right angle: their dot product is 0."),
        "products?products_view=dot", formula=r"x^\top y = 0", also=N_("perpendicular vectors"),
        finds=N_("right angle"), see=("cosine similarity",),
    ),
    Term(
        N_("outer product"),
        N_("The matrix of all products of an entry of x and an entry of y. A product of matrices is a sum of these, "
           "a column times a row each."),
        "products?products_view=matrix_matrix&products_matrix_by=outer", code="torch.outer",
        formula=r"(x y^\top)_{ij} = x_i y_j", see=("matrix–matrix product", "dot product"),
    ),
    Term(
        N_("reduction"),
        N_("An operation that turns the entries along one or more axes into one number. Those axes disappear from "
           "the shape."),
        "reductions?reductions_view=collapse", code="A.sum(dim=0), A.mean(dim=(0, 1))",
        finds=N_("aggregate, collapse"), see=("sum", "mean", "keepdims", "axis"),
    ),
    Term(
        N_("reshape"),
        N_("The same entries, in the same order, with another shape. One length may be −1; torch works it out."),
        "tensors?tensors_view=axes", code="Tensor.reshape, Tensor.view", see=("shape", "view"),
    ),
    Term(
        N_("scalar"),
        N_("A single number: a tensor without axes, of shape ()."),
        "products?products_view=scalar", code="torch.tensor(3.0), Tensor.item", finds=N_("number"),
        see=("vector", "shape"),
    ),
    Term(
        N_("shape"),
        N_("The length along each axis. A vector of one entry has shape (1,), a scalar has shape ()."),
        "tensors?tensors_view=axes", code="Tensor.shape, Tensor.size", also=N_("size"),
        see=("axis", "dimension", "reshape"),
    ),
    Term(
        N_("singular value"),
        N_("One of the factors by which a matrix stretches a sphere along the axes of the ellipsoid it becomes."),
        "norms?norms_view=matrix", code="torch.linalg.svdvals", formula=r"A = U \Sigma V^\top", finds=N_("SVD"),
        see=("spectral norm", "condition number"),
    ),
    Term(
        N_("slicing"),
        N_("Choosing entries by ranges `start:stop:step` along each axis; stop is left out. A slice is a view."),
        "tensors?tensors_view=slicing", code="A[1:3, ::2], A[-1]", finds=N_("index, indexing, slice"),
        see=("view", "entry"),
    ),
    Term(
        N_("spectral norm"),
        N_("The largest factor by which a matrix stretches a vector: its largest singular value."),
        "norms?norms_view=matrix", code="torch.linalg.matrix_norm(A, ord=2)",
        formula=r"\lVert A\rVert_2 = \max_{\lVert x\rVert_2 = 1} \lVert Ax\rVert_2", also=N_("operator norm"),
        see=("singular value", "Frobenius norm"),
    ),
    Term(
        N_("stacking"),
        N_("Joining tensors of equal shape along a new axis."),
        "tensors?tensors_view=joining&tensors_join_how=stack", code="torch.stack", also=N_("stack"),
        see=("concatenation",),
    ),
    Term(
        N_("sum"),
        N_("All entries added up, or those along an axis. It keeps whole numbers whole."),
        "reductions?reductions_view=collapse&reductions_how=sum", code="A.sum(), A.sum(dim=0)", formula=r"\sum_i x_i",
        also=N_("total"), see=("reduction", "mean", "cumulative sum"),
    ),
    Term(
        N_("symmetric matrix"),
        N_("A square matrix that equals its transpose."),
        "products?products_view=transpose", code="A == A.T", formula=r"A = A^\top", see=("transpose",),
    ),
    Term(
        N_("tensor"),
        N_("An array of numbers of one dtype, with any number of axes. Scalars, vectors and matrices are tensors "
           "with 0, 1 and 2 axes."),
        "tensors?tensors_view=axes", code="torch.tensor, torch.arange, torch.zeros",
        also=N_("array, n-dimensional array"), see=("axis", "shape", "dtype"),
    ),
    Term(
        N_("transpose"),
        N_("The matrix with rows and columns exchanged. In torch it is a view."),
        "products?products_view=transpose", code="A.T, Tensor.transpose", formula=r"(A^\top)_{ij} = a_{ji}",
        see=("symmetric matrix", "view"),
    ),
    Term(
        N_("triangle inequality"),
        N_("The norm of a sum is at most the sum of the norms: a detour is never shorter."),
        "norms?norms_view=properties", formula=r"\lVert x + y\rVert \le \lVert x\rVert + \lVert y\rVert",
        see=("norm",),
    ),
    Term(
        N_("unit ball"),
        N_("All vectors whose norm is at most 1. Its shape shows what a norm finds small."),
        "norms?norms_view=ball", formula=r"\{x : \lVert x\rVert \le 1\}", finds=N_("unit circle, unit vector"),
        see=("Lp norm",),
    ),
    Term(
        N_("variance"),
        N_("The mean squared distance from the mean. torch divides by n − 1 by default; with "
           "`correction=0` it divides by n."),
        "reductions?reductions_view=collapse&reductions_how=var", code="A.var(dim=0), A.std(dim=0)",
        formula=r"\frac{1}{n - 1} \sum_i (x_i - \bar{x})^2", finds=N_("standard deviation, spread"),
        see=("mean", "standardisation"),
    ),
    Term(
        N_("vector"),
        N_("A tensor with one axis. It is neither a row nor a column: those are matrices with one row or one "
           "column."),
        "tensors?tensors_view=axes", code="torch.arange(4)", formula=r"x \in \mathbb{R}^n",
        finds=N_("column vector, row vector"), see=("scalar", "matrix", "dimension"),
    ),
    Term(
        N_("view"),
        N_("A tensor that shares memory with another: what is written into one is seen in the other. A basic slice, "
           "a transpose and most reshapes are views."),
        "tensors?tensors_view=memory&tensors_memory_about=views", code="A[0], A.T, Tensor.view",
        finds=N_("shared memory"), see=("copy", "in-place operation", "slicing"),
    ),
    Term(
        N_("weighted average"),
        N_("The dot product with weights that are not negative and add up to 1."),
        "products?products_view=dot&products_meaning=weights", code="torch.dot(w, x) / w.sum()",
        formula=r"\sum_i w_i x_i, \quad \sum_i w_i = 1", also=N_("weighted mean"), see=("dot product", "mean"),
    ),
)  # fmt: skip
