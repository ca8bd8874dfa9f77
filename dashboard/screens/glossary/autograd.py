"""The terms of day 3, second part: automatic differentiation."""

from core.language import N_
from dashboard.screens.glossary.term import Term

AUTOGRAD = (
    Term(
        N_("autograd"),
        N_("PyTorch's automatic differentiation: it records the operations on tensors that require a gradient, and "
           "applies the chain rule to the record."),
        "autograd?autograd_view=graph", code="torch.autograd",
        see=("automatic differentiation", "computational graph"),
    ),
    Term(
        N_("automatic differentiation"),
        N_("Computing derivatives of a program by the chain rule, one operation at a time. Exact but for rounding, "
           "unlike difference quotients, and without a formula for the whole, unlike symbolic differentiation."),
        "autograd?autograd_view=graph", code="torch.autograd, torch.func",
        also=N_("autodiff, algorithmic differentiation"), see=("forward mode", "reverse mode", "difference quotient"),
    ),
    Term(
        N_("backpropagation"),
        N_("The chain rule applied from the output back to the inputs, in an order that computes every shared part "
           "once. It is reverse mode for a scalar loss."),
        "autograd?autograd_view=graph", code="Tensor.backward", also=N_("backprop"),
        see=("chain rule", "backward pass"),
    ),
    Term(
        N_("backward pass"),
        N_("The walk through the graph from the output to the leaves, which computes the gradient of the output by "
           "each of them."),
        "autograd?autograd_view=graph", code="y.backward()", also=N_("backward, reverse pass"),
        see=("forward pass", "backpropagation"),
    ),
    Term(
        N_("computational graph"),
        N_("The record of a computation: a node for each value, an edge from each argument to its result. PyTorch "
           "builds it anew at every forward pass, so loops and branches are allowed."),
        "autograd?autograd_view=graph", code="y.grad_fn", also=N_("computation graph"),
        finds=N_("graph, DAG, dynamic graph"), see=("leaf", "forward pass"),
    ),
    Term(
        N_("control flow"),
        N_("Loops and branches. Autograd records only the operations that were run, so the gradient is that of the "
           "path taken."),
        "autograd?autograd_view=lessons&autograd_lesson=flow", code="if, while", finds=N_("loop, branch"),
        see=("computational graph",),
    ),
    Term(
        N_("detach"),
        N_("A tensor with the same data, cut off from the graph: no gradient flows back through it."),
        "autograd?autograd_view=lessons&autograd_lesson=detach", code="Tensor.detach", also=N_("stop gradient"),
        see=("no_grad", "requires_grad"),
    ),
    Term(
        N_("forward mode"),
        N_("Derivatives carried along with the values, from inputs to outputs. One pass gives the derivatives of "
           "all outputs along one direction, so it is cheap for few inputs."),
        "autograd?autograd_view=modes", code="torch.func.jvp, torch.autograd.forward_ad",
        also=N_("forward accumulation, tangent mode"), see=("reverse mode", "JVP"),
    ),
    Term(
        N_("forward pass"),
        N_("The computation of the values, from inputs to output, during which the graph is recorded."),
        "autograd?autograd_view=graph", also=N_("forward, forward propagation"), see=("backward pass",),
    ),
    Term(
        N_("grad"),
        N_("Where backward adds the gradient of a leaf. It is None until the first backward, not 0."),
        "autograd?autograd_view=lessons&autograd_lesson=none", code="x.grad", finds=N_("gradient attribute"),
        see=("gradient accumulation", "leaf"),
    ),
    Term(
        N_("gradient accumulation"),
        N_("Every backward adds to `grad` instead of replacing it. Without zeroing, gradients of earlier passes "
           "stay in."),
        "autograd?autograd_view=lessons&autograd_lesson=accumulate", code="x.grad += ...",
        finds=N_("gradients add up"), see=("zeroing gradients", "grad"),
    ),
    Term(
        N_("gradient of a vector"),
        N_("backward needs a scalar. For a vector y one gives a vector v, and gets the gradient of v · y; with ones "
           "it is that of the sum."),
        "autograd?autograd_view=lessons&autograd_lesson=vector", code="y.sum().backward(), y.backward(gradient=v)",
        formula=r"\nabla_x (v^\top y) = J^\top v",
        finds=N_("non-scalar backward, grad can be implicitly created only for scalar outputs"),
        see=("VJP", "Jacobian"),
    ),
    Term(
        N_("JVP"),
        N_("The Jacobian times a vector: how the outputs change along one direction of the inputs. One forward-mode "
           "pass computes it, without the Jacobian."),
        "autograd?autograd_view=modes", code="torch.func.jvp", formula="J v", also=N_("Jacobian-vector product"),
        see=("VJP", "forward mode", "directional derivative"),
    ),
    Term(
        N_("leaf"),
        N_("A tensor that no recorded operation made, such as a parameter. backward puts gradients into those "
           "leaves that require one."),
        "autograd?autograd_view=graph", code="x.is_leaf", also=N_("leaf tensor, leaf node"),
        see=("requires_grad", "grad"),
    ),
    Term(
        N_("no_grad"),
        N_("Inside this block nothing is recorded. Updates of parameters belong there, since they are not part of "
           "the loss."),
        "train?train_view=watch&train_closer=formulas", code="with torch.no_grad():", finds=N_("inference mode"),
        see=("detach", "update"),
    ),
    Term(
        N_("requires_grad"),
        N_("Marks a tensor for which gradients are wanted. What is computed from it requires one too. Only "
           "floating-point and complex tensors may."),
        "autograd?autograd_view=graph", code="x.requires_grad_(True), torch.arange(4.0, requires_grad=True)",
        see=("leaf", "detach"),
    ),
    Term(
        N_("retain_graph"),
        N_("Keeps what the graph has saved after a backward, so that a second backward is possible. By default it "
           "is freed."),
        "autograd?autograd_view=lessons&autograd_lesson=twice", code="y.backward(retain_graph=True)",
        finds=N_("backward twice"), see=("backward pass", "computational graph"),
    ),
    Term(
        N_("reverse mode"),
        N_("Derivatives carried from the output back to the inputs. One pass gives those of one output by all "
           "inputs, so it is cheap for few outputs, such as a loss."),
        "autograd?autograd_view=modes", code="Tensor.backward, torch.func.vjp",
        also=N_("reverse accumulation, adjoint mode"), see=("forward mode", "backpropagation", "VJP"),
    ),
    Term(
        N_("VJP"),
        N_("A vector times the Jacobian: the gradient of v · y by the inputs. One backward pass computes it, "
           "without the Jacobian."),
        "autograd?autograd_view=modes", code="torch.func.vjp, y.backward(gradient=v)", formula=r"v^\top J",
        also=N_("vector-Jacobian product"), see=("JVP", "reverse mode", "gradient of a vector"),
    ),
    Term(
        N_("zeroing gradients"),
        N_("Setting gradients to 0 or None before the next backward, since backward adds to them."),
        "autograd?autograd_view=lessons&autograd_lesson=accumulate", code="x.grad.zero_(), optimizer.zero_grad()",
        finds=N_("zero_grad, clearing gradients"), see=("gradient accumulation",),
    ),
)  # fmt: skip
