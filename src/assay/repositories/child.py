"""The reviewing process, `python -m assay.repositories.child FOLDER`: limits itself, answers one request."""

import errno
import os
import sys
from pathlib import Path

import msgspec

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.git import GitError
from assay.repositories.protocol import REQUESTS, Reply
from assay.repositories.review import review

try:
    import resource
except ImportError:  # Windows has no limits of this kind; the parent's clock still holds
    resource = None  # type: ignore[assignment]

_MARGIN_BYTES = 1_000_000
"""Above the cap, so that it is mostly we who refuse, with a reason."""


def main() -> None:
    """Answer the one request on standard input."""
    replies = os.fdopen(os.dup(1), "wb")
    # Whatever a library or git prints must not end up in the reply.
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    request = REQUESTS.decode(sys.stdin.buffer.read())
    set_limits(caps=request.caps)
    try:
        reply = Reply(report=review(request=request, folder=Path(sys.argv[1])))
    except RepositoryError as error:
        said = error.said if isinstance(error, GitError) else ""
        reply = Reply(refusal=error.refusal, message=error.message, said=said)
    except OSError as error:
        if error.errno != errno.EFBIG:
            raise
        message = "This work is larger than is allowed; send a bundle of the branch that matters."
        reply = Reply(refusal=Refusal.TOO_LARGE, message=message)
    except MemoryError:
        message = "Reviewing this takes more memory than is allowed; send a smaller part of it as a bundle."
        reply = Reply(refusal=Refusal.MEMORY_LIMIT, message=message)
    replies.write(msgspec.json.encode(reply))
    replies.close()


def set_limits(*, caps: Caps) -> None:
    """Limit this process; git, which it starts, inherits each limit for itself."""
    if resource is None:
        return
    wanted = {
        resource.RLIMIT_AS: caps.memory_mib * 1024 * 1024,
        resource.RLIMIT_CPU: caps.cpu_s,
        resource.RLIMIT_FSIZE: caps.total_bytes + _MARGIN_BYTES,
        resource.RLIMIT_NOFILE: caps.open_files,
        resource.RLIMIT_CORE: 0,
    }
    for limit, value in wanted.items():
        try:
            resource.setrlimit(limit, (value, value))
        except (ValueError, OSError):  # macOS refuses RLIMIT_AS
            continue


if __name__ == "__main__":
    main()
