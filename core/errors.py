"""The one exception of the subject."""


class InputError(ValueError):
    """Input that cannot be used.

    The message is one sentence fit for the screen: what was needed, what came, what to do.
    """
