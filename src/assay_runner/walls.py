"""The command line of bubblewrap for a box: what it sees, and the little it may write to.

Sources of binds show in the box's /proc/self/mountinfo, hence the neutral places. ``bwrap --dev`` is not used: it would
be a writable tmpfs of half of the machine's memory.
"""

from pathlib import Path

from assay_runner.outcome import BoxPlan, checked_path

_SYSTEM = ("/usr", "/etc/alternatives", "/etc/ld.so.cache", "/etc/ssl/certs")
_NODES = ("null", "zero", "full", "random", "urandom")
_MIB = 2**20
MOST_FILES = 400


def command_line(*, bwrap: str, plan: BoxPlan, seccomp_fd: int, status_fd: int, file_fds: list[int]) -> list[str]:
    """Yield bubblewrap's arguments up to and with the program's; ``file_fds`` hold the files, then the tools."""
    walls = [bwrap, "--unshare-all", "--unshare-user", "--disable-userns", "--clearenv", "--new-session"]
    walls += ["--die-with-parent", "--uid", "1000", "--gid", "1000", "--hostname", "box", "--cap-drop", "ALL"]
    for name, value in ({"PATH": "/usr/bin:/bin", "HOME": "/tmp", "LANG": "C.UTF-8"} | plan.env).items():  # noqa: S108 - the box's own
        walls += ["--setenv", name, value]
    walls += _system() + _devices()
    for outside, inside in plan.binds:
        walls += ["--ro-bind", outside, inside]
    scratch = plan.limits.scratch_mib * _MIB
    for place in ("/tmp", "/work"):  # noqa: S108 - the box's own
        walls += ["--perms", "0700", "--size", str(scratch), "--tmpfs", place]
    for number, (file, fd) in enumerate(zip((*plan.files, *plan.tools), file_fds, strict=True)):
        place = "/work/" if number < len(plan.files) else "/box/"
        walls += ["--perms", "0755", "--file", str(fd), place + checked_path(file.path)]
    walls += ["--proc", "/proc", "--remount-ro", "/", "--chdir", "/work"]
    return [*walls, "--seccomp", str(seccomp_fd), "--json-status-fd", str(status_fd), "--", *plan.argv]


def _system() -> list[str]:
    walls = []
    for path in _SYSTEM:
        if Path(path).exists():
            walls += ["--ro-bind", path, path]
    for name in ("bin", "sbin", "lib", "lib32", "lib64"):
        place = Path("/") / name
        if place.is_symlink():
            walls += ["--symlink", str(place.readlink()), str(place)]
        elif place.is_dir():
            walls += ["--ro-bind", str(place), str(place)]
    # Some programs (initdb) want to know their user's name: a runtime for them lays a file of one line there.
    return [*walls, "--symlink", "/box/passwd", "/etc/passwd"]


def _devices() -> list[str]:
    walls = ["--size", "65536", "--tmpfs", "/dev"]
    for node in _NODES:
        walls += ["--dev-bind", f"/dev/{node}", f"/dev/{node}"]
    for name, number in (("stdin", "0"), ("stdout", "1"), ("stderr", "2")):
        walls += ["--symlink", f"/proc/self/fd/{number}", f"/dev/{name}"]
    walls += ["--symlink", "/proc/self/fd", "/dev/fd", "--dir", "/dev/shm"]  # noqa: S108 - the box's own
    return [*walls, "--remount-ro", "/dev", "--perms", "1777", "--size", str(16 * _MIB), "--tmpfs", "/dev/shm"]  # noqa: S108 - as above
