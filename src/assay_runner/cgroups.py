"""A control group for each box: memory, processes and CPU time of all its processes together.

Version 1 (one folder a controller) and version 2 (one folder) are both used through one small class. The runner needs a
folder that it may write to: its own group's, or the one that an administrator has delegated (``ASSAY_RUNNER_CGROUP``,
a path below the mount, the same under each controller of version 1).
"""

import os
import signal
import time
from pathlib import Path
from typing import NamedTuple

MOUNT = Path("/sys/fs/cgroup")
_NEEDED = ("memory", "pids", "cpuacct")


class Base(NamedTuple):
    """Where groups can be made."""

    version: int
    folders: dict[str, Path]
    """By controller; version 2 has the one folder under each name."""


def found(*, delegated: str = "", mount: Path = MOUNT, own: str = "") -> Base | None:
    """Yield where this process may make groups with all three controllers; None where it may not."""
    paths = _own_paths(own or Path("/proc/self/cgroup").read_text())
    for candidate in (_version2(mount, paths, delegated), _version1(mount, paths, delegated)):
        if candidate and _is_usable(candidate):
            return candidate
    return None


def _own_paths(text: str) -> dict[str, str]:
    paths = {}
    for line in text.splitlines():
        _, names, path = line.split(":", 2)
        for name in names.split(","):
            paths[name] = path.lstrip("/")
    return paths


def _version2(mount: Path, paths: dict[str, str], delegated: str) -> Base | None:
    folder = mount / (delegated or paths.get("", ""))
    listed = folder / "cgroup.subtree_control"
    if not listed.is_file() or not {"memory", "pids"} <= set(listed.read_text().split()):
        return None
    return Base(2, dict.fromkeys(_NEEDED, folder))


def _version1(mount: Path, paths: dict[str, str], delegated: str) -> Base | None:
    folders = {name: mount / name / (delegated or paths.get(name, "")) for name in _NEEDED}
    return Base(1, folders) if all(folder.is_dir() for folder in folders.values()) else None


def _is_usable(base: Base) -> bool:
    try:
        Group(base, f"probe-{os.getpid()}", memory_bytes=2**26, processes=8).close()
    except OSError:
        return False
    return True


class Group:
    """One box's group, from its making to its removal."""

    def __init__(self, base: Base, name: str, *, memory_bytes: int, processes: int) -> None:
        self.version = base.version
        self._at = {key: folder / f"assay-{name}" for key, folder in base.folders.items()}
        for folder in dict.fromkeys(self._at.values()):
            folder.mkdir()
        if self.version == 2:
            self._write("memory", "memory.max", memory_bytes)
            self._write("memory", "memory.swap.max", 0, may_lack=True)
            self._write("memory", "memory.oom.group", 1)
        else:
            self._write("memory", "memory.limit_in_bytes", memory_bytes)
            self._write("memory", "memory.memsw.limit_in_bytes", memory_bytes, may_lack=True)
        self._write("pids", "pids.max", processes)

    def doors(self) -> list[int]:
        """Yield descriptors that a process writes ``0`` to in order to enter; the caller closes them."""
        return [os.open(folder / "cgroup.procs", os.O_WRONLY) for folder in dict.fromkeys(self._at.values())]

    def cpu_ms(self) -> float:
        """Yield the CPU time of all processes that ever were in here."""
        if self.version == 1:
            return int(self._read("cpuacct", "cpuacct.usage")) / 1e6
        return int(self._facts("cpuacct", "cpu.stat").get("usage_usec", "0")) / 1e3

    def peak_mib(self) -> float:
        """Yield the most memory that was in use at one time; 0 where the kernel does not tell."""
        name = "memory.max_usage_in_bytes" if self.version == 1 else "memory.peak"
        try:
            return int(self._read("memory", name)) / 2**20
        except FileNotFoundError:
            return 0.0

    def is_out_of_memory(self) -> bool:
        """Whether the kernel has killed something in here for its memory."""
        name = "memory.oom_control" if self.version == 1 else "memory.events"
        return self._facts("memory", name).get("oom_kill", "0") != "0"

    def close(self, *, within_s: float = 5.0) -> bool:
        """Kill all, wait until nobody is left, remove the group; yield whether it came to be empty."""
        until = time.monotonic() + within_s
        while pids := self._read("pids", "cgroup.procs").split():
            for pid in pids:
                _kill(int(pid))
            if time.monotonic() > until:
                return False
            time.sleep(0.001)
        for folder in dict.fromkeys(self._at.values()):
            while True:
                try:
                    folder.rmdir()
                    break
                except OSError:
                    if time.monotonic() > until:
                        return False
                    time.sleep(0.001)
        return True

    def _read(self, key: str, name: str) -> str:
        return (self._at[key] / name).read_text()

    def _facts(self, key: str, name: str) -> dict[str, str]:
        return dict(line.split(" ", 1) for line in self._read(key, name).splitlines())

    def _write(self, key: str, name: str, value: int, *, may_lack: bool = False) -> None:
        path = self._at[key] / name
        if may_lack and not path.exists():
            return
        path.write_text(str(value))


def _kill(pid: int) -> None:
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        return
