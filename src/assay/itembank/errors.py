"""What this package refuses."""


class ItemError(ValueError):
    """A family or a variant does not hold together; the message names it."""


class AnswerError(ValueError):
    """What was given cannot be an answer; the message is for the person who gave it."""
