"""The terms of day 3, first part: limits, derivatives and gradients."""

from core.language import N_
from dashboard.screens.glossary.term import Term

CALCULUS = (
    Term(
        N_("cancellation"),
        N_("The loss of digits when two nearly equal rounded numbers are subtracted. It is why a very small h makes "
           "a difference quotient worse."),
        "calculus?calculus_view=valley", code="torch.finfo(torch.float32).eps",
        finds=N_("rounding error, machine epsilon, round-off"), see=("difference quotient", "dtype"),
    ),
    Term(
        N_("central difference"),
        N_("The difference quotient with points on both sides. Its error shrinks with h², that of the one-sided "
           "quotient only with h."),
        "calculus?calculus_view=valley", code="(f(x + h) - f(x - h)) / (2 * h)",
        formula=r"\frac{f(x + h) - f(x - h)}{2h}", see=("difference quotient", "cancellation"),
    ),
    Term(
        N_("chain rule"),
        N_("The derivative of a function of a function is the product of the derivatives, each taken where it is "
           "applied. With several paths from x to y the products are added."),
        "calculus?calculus_view=rules", formula=r"\frac{dy}{dx} = \frac{dy}{du} \frac{du}{dx}",
        see=("backpropagation", "derivative", "Jacobian"),
    ),
    Term(
        N_("continuous function"),
        N_("A function whose limit at every point is its value there. A differentiable function is continuous; |x| "
           "is continuous, and not differentiable at 0."),
        "calculus?calculus_view=limit", formula=r"\lim_{x \to a} f(x) = f(a)", finds=N_("continuity"),
        see=("limit", "differentiable"),
    ),
    Term(
        N_("denominator layout"),
        N_("Derivatives are shaped like what one differentiates by: the gradient is a column, and the derivative of "
           "a vector by a vector is the transpose of the Jacobian."),
        "calculus?calculus_view=layouts&calculus_layout=denominator",
        formula=r"\left(\frac{\partial y}{\partial x}\right)_{ij} = \frac{\partial y_j}{\partial x_i}",
        also=N_("Hessian formulation, gradient layout"), see=("numerator layout", "gradient"),
    ),
    Term(
        N_("derivative"),
        N_("The limit of the difference quotient as h goes to 0: the rate of change of f at x, and the slope of the "
           "tangent there."),
        "calculus?calculus_view=tangent", code="torch.autograd.grad",
        formula=r"f'(x) = \lim_{h \to 0} \frac{f(x + h) - f(x)}{h}", also=N_("rate of change"),
        finds=N_("slope, differentiation"), see=("difference quotient", "limit", "differentiable"),
    ),
    Term(
        N_("difference quotient"),
        N_("The change of f over the change h of x: the slope of the secant."),
        "calculus?calculus_view=limit", code="(f(x + h) - f(x)) / h", formula=r"\frac{f(x + h) - f(x)}{h}",
        also=N_("finite difference, forward difference"), finds=N_("numerical derivative"),
        see=("derivative", "secant", "central difference"),
    ),
    Term(
        N_("differentiable"),
        N_("So close to a linear function at a point that the error vanishes faster than h. In one variable this "
           "means that the derivative exists; in several, partial derivatives alone are not enough."),
        "calculus?calculus_view=differential", finds=N_("differentiability, smooth, kink, corner"),
        see=("derivative", "differential", "partial derivative"),
    ),
    Term(
        N_("differential"),
        N_("The linear part of the change of f: the change along the tangent for a step of size dx."),
        "calculus?calculus_view=differential", formula=r"dy = f'(x)\, dx", also=N_("total differential"),
        see=("linear approximation", "differentiable"),
    ),
    Term(
        N_("directional derivative"),
        N_("The rate of change of f along a unit vector u. Where f is differentiable, it is the dot product of the "
           "gradient and u."),
        "calculus?calculus_view=two_variables", code="torch.func.jvp", formula=r"D_u f = \nabla f \cdot u",
        see=("gradient", "JVP"),
    ),
    Term(
        N_("format string"),
        N_("A short text that sets colour, marker and line of a curve. `m--` is magenta and dashed, `g-.` green with "
           "dashes and dots, `r:` red and dotted."),
        "calculus?calculus_view=plot", code="plt.plot(x, y, \"m--\")", finds=N_("plot, matplotlib, line style"),
        see=("tangent", "secant"),
    ),
    Term(
        N_("gradient"),
        N_("The vector of all partial derivatives. Where it is not 0 it points in the direction of steepest ascent, "
           "and its length is the slope there."),
        "calculus?calculus_view=two_variables", code="x.grad, torch.autograd.grad",
        formula=r"\nabla f = \Bigl(\frac{\partial f}{\partial x_1}, \dots, \frac{\partial f}{\partial x_n}\Bigr)",
        finds=N_("nabla, ∇, steepest ascent"),
        see=("partial derivative", "directional derivative", "gradient descent"),
    ),
    Term(
        N_("Jacobian"),
        N_("The matrix of all partial derivatives of a vector by a vector: a row for each output, a column for each "
           "input."),
        "calculus?calculus_view=layouts&calculus_layout=numerator",
        code="torch.autograd.functional.jacobian, torch.func.jacrev",
        formula=r"J_{ij} = \frac{\partial y_i}{\partial x_j}", also=N_("Jacobian matrix"),
        see=("numerator layout", "VJP", "JVP"),
    ),
    Term(
        N_("level curve"),
        N_("All points where f has one value. Where the gradient is not 0, it is perpendicular to the curve."),
        "calculus?calculus_view=two_variables", also=N_("contour, contour line, isoline"), see=("gradient",),
    ),
    Term(
        N_("limit"),
        N_("The value that f(x) gets as near to as one likes when x is near enough to a. The value at a itself does "
           "not count."),
        "calculus?calculus_view=limit", formula=r"\lim_{x \to a} f(x)", finds=N_("converges to"),
        see=("difference quotient", "continuous function"),
    ),
    Term(
        N_("linear approximation"),
        N_("The tangent in place of the function: nearly right for small h."),
        "calculus?calculus_view=differential", formula=r"f(x + h) \approx f(x) + f'(x)\, h", also=N_("linearisation"),
        see=("differential", "Taylor polynomial"),
    ),
    Term(
        N_("numerator layout"),
        N_("Derivatives are shaped by what is differentiated: a row for each output, as in the Jacobian. The "
           "derivative of a scalar by a column vector is then a row."),
        "calculus?calculus_view=layouts&calculus_layout=numerator",
        formula=r"\left(\frac{\partial y}{\partial x}\right)_{ij} = \frac{\partial y_i}{\partial x_j}",
        also=N_("Jacobian formulation"), see=("denominator layout", "Jacobian"),
    ),
    Term(
        N_("partial derivative"),
        N_("The derivative by one variable while all others are held constant."),
        "calculus?calculus_view=two_variables", formula=r"\frac{\partial f}{\partial x_i}", finds=N_("∂"),
        see=("gradient", "differentiable"),
    ),
    Term(
        N_("power rule"),
        N_("The derivative of xⁿ is n times xⁿ⁻¹."),
        "calculus?calculus_view=rules", formula=r"\frac{d}{dx} x^n = n\, x^{n - 1}",
        see=("product rule", "chain rule"),
    ),
    Term(
        N_("product rule"),
        N_("The derivative of a product: each factor is differentiated in turn, and the results are added."),
        "calculus?calculus_view=rules", formula="(f g)' = f' g + f g'", see=("quotient rule", "chain rule"),
    ),
    Term(
        N_("quotient rule"),
        N_("The derivative of a quotient, where the denominator is not 0."),
        "calculus?calculus_view=rules", formula=r"\Bigl(\frac{f}{g}\Bigr)' = \frac{f' g - f g'}{g^2}",
        see=("product rule",),
    ),
    Term(
        N_("secant"),
        N_("The straight line through two points of a curve. Its slope is the difference quotient."),
        "calculus?calculus_view=tangent", see=("tangent", "difference quotient"),
    ),
    Term(
        N_("stationary point"),
        N_("A point where the gradient is 0: a minimum, a maximum, or neither, such as a saddle point."),
        "calculus?calculus_view=two_variables", formula=r"\nabla f = 0", also=N_("critical point"),
        finds=N_("minimum, maximum, saddle point"), see=("gradient", "convex function"),
    ),
    Term(
        N_("tangent"),
        N_("The line through a point of a curve with the derivative as its slope: the limit of the secants."),
        "calculus?calculus_view=tangent", formula="y = f(a) + f'(a)(x - a)", also=N_("tangent line"),
        see=("secant", "linear approximation"),
    ),
    Term(
        N_("Taylor polynomial"),
        N_("The polynomial with the same value and the same first derivatives as f at a point. Its next term "
           "estimates the error for small h."),
        "calculus?calculus_view=valley", formula=r"f(x + h) = f(x) + f'(x)\, h + \tfrac{1}{2} f''(x)\, h^2 + \dots",
        also=N_("Taylor series, Taylor expansion"), see=("linear approximation", "central difference"),
    ),
)  # fmt: skip
