"""The backend of this machine."""

import shutil
from functools import cache

from assay_runner import cgroups
from assay_runner.backend import BwrapBackend
from assay_runner.runtimes import found_runtimes, home


class RefusedError(RuntimeError):
    """Foreign code cannot be boxed here well enough; the message is one line that says what to do."""


@cache
def local_backend(*, is_author: bool = False) -> BwrapBackend:
    """Yield the backend that boxes jobs on this machine.

    ``is_author`` allows a machine without control groups, which is marked in every result's ``controls``: an author's
    own tasks may be tried there, a candidate's hand-in is not graded.

    Raises
    ------
    RefusedError
        bubblewrap is not installed, or there are no control groups and ``is_author`` is false.
    """
    bwrap = shutil.which("bwrap")
    if bwrap is None:
        raise RefusedError(
            "bubblewrap is not installed, so foreign code cannot be boxed (Debian: apt install bubblewrap)"
        )
    base = cgroups.found()
    if base is None and not is_author:
        raise RefusedError("no control group may be made here, so memory and processor time cannot be held: not graded")
    return BwrapBackend(bwrap=bwrap, base=base, runtimes=found_runtimes(libraries=home()))
