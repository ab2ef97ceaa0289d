"""The one base of what the scientific packages refuse."""


class ScienceError(ValueError):
    """An input outside the range that a method is defined for; the message is written for people."""


class TooLittleDataError(ScienceError):
    """An estimate that would need more data; ``needed`` is the number it needs, ``found`` what it got."""

    def __init__(self, *, what: str, needed: int, found: int) -> None:
        super().__init__(f"{what}: at least {needed} needed, {found} found")
        self.what = what
        self.needed = needed
        self.found = found


class ConvergenceError(ScienceError):
    """An iteration that did not settle within its limit."""
