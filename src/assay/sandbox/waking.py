"""A runner that waits for work is woken at once where the work is asked for in this process.

Work that another process asks for is found by looking again every `LOOK_AGAIN_S`.
"""

import threading

LOOK_AGAIN_S = 0.25

_news = threading.Condition()


def wake() -> None:
    """Wake every runner that waits in this process."""
    with _news:
        _news.notify_all()


def wait_for_news(*, timeout_s: float) -> None:
    """Return when something was asked for in this process, or after ``timeout_s``."""
    with _news:
        _news.wait(timeout=timeout_s)
