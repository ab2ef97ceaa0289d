"""What this package refuses."""


class TaskError(ValueError):
    """A task folder that cannot be used; the message names the file, the line where known, and what to do."""

    def __init__(self, message: str, *, file: str = "", line: int | None = None) -> None:
        where = f"{file}, line {line}: " if file and line else f"{file}: " if file else ""
        super().__init__(f"{where}{message}")
        self.file = file
        self.line = line
