"""An expression as a list of steps, which a machine with a stack can follow: in the browser, say."""

from core.calculus.tree import Apply, Name, Node, Number

Step = tuple[str, float] | tuple[str]


def to_program(root: Node) -> list[Step]:
    """Return the steps in the order in which they are taken. Each leaves one value on the stack.

    ("number", value) and ("x",) put one there, whatever the variable is called; any other step is an operation, which
    takes its arguments from there, the last one on top.

    >>> to_program(Apply(0, 0, "negate", (Apply(0, 0, "power", (Name(0, 0, "x"), Number(0, 0, 2.0))),)))
    [('x',), ('number', 2.0), ('power',), ('negate',)]
    """
    if isinstance(root, Number):
        return [("number", root.value)]
    if isinstance(root, Name):
        return [("x",)]
    assert isinstance(root, Apply)
    steps = [step for argument in root.arguments for step in to_program(argument)]
    return [*steps, (root.operation,)]
