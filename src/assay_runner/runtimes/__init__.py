"""A language or tool is one folder here with a ``runtime.toml``; see README.md of the package for its fields."""

import os
import subprocess
import tomllib
from pathlib import Path

import msgspec

from assay_runner.contract import BoxFile

HERE = Path(__file__).parent


class SelfTest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A program that shows that the runtime works in a box."""

    program: str
    entry: str
    stdout: str


class Runtime(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One ``runtime.toml``."""

    about: str
    interpreter: tuple[str, ...]
    """Programs, the first that exists is used."""
    command: tuple[str, ...]
    """Of a run step without ``argv``; ``{interpreter}`` and ``{entry}`` are filled in."""
    version: tuple[str, ...]
    missing: str
    """The one line that says what to do when it is not there."""
    selftest: SelfTest
    shim: tuple[str, ...] = ()
    """The program that answers calls; the entry, the seed and two descriptors follow. Empty: no calls steps."""
    duet: tuple[str, ...] = ()
    """The interpreter and its flags for both sides of a duet; empty: no duet steps."""
    tools: tuple[str, ...] = ()
    """Scripts beside its ``runtime.toml`` that are laid into /box, such as its own shim."""
    site: str = ""
    """A folder of libraries below the runtimes' home, bound at /opt/site."""
    needs: tuple[str, ...] = ()
    """What must be in that folder."""
    programs: tuple[str, ...] = ()
    """Further programs that must be there."""
    binds: tuple[str, ...] = ()
    """Further folders, read-only at their own place."""
    binds_where_there: tuple[str, ...] = ()
    """The same as patterns, of folders that not every system has."""
    env: dict[str, str] = {}
    has_loopback: bool = False


class Found(msgspec.Struct, frozen=True, kw_only=True):
    """A runtime on this machine."""

    name: str
    runtime: Runtime
    interpreter: str = ""
    site: str = ""
    reason: str = ""
    """Why it cannot be used; empty where it can."""
    version: str = ""
    tools: tuple[BoxFile, ...] = ()

    def filled(self, template: tuple[str, ...], entry: str = "") -> tuple[str, ...]:
        """Yield a command line of the runtime."""
        known = {"{interpreter}": self.interpreter, "{entry}": entry}
        return tuple(known.get(part, part) for part in template)

    def binds(self) -> tuple[tuple[str, str], ...]:
        """Yield what is bound into the box, from outside to inside."""
        patterns = self.runtime.binds_where_there
        there = sorted(str(path) for pattern in patterns for path in Path("/").glob(pattern.lstrip("/")))
        own = tuple((path, path) for path in (*self.runtime.binds, *there))
        return (*own, (self.site, "/opt/site")) if self.site else own


def home() -> Path:
    """Yield where the libraries of boxes lie: ``ASSAY_RUNTIMES``, or ``.assay/runtimes`` beside the working folder."""
    return Path(os.environ.get("ASSAY_RUNTIMES", ".assay/runtimes")).resolve()


def found_runtimes(*, libraries: Path, folder: Path = HERE) -> dict[str, Found]:
    """Yield every runtime of the folder by name, usable or with the reason why not."""
    return {path.parent.name: _found(path, libraries) for path in sorted(folder.glob("*/runtime.toml"))}


def _found(path: Path, libraries: Path) -> Found:
    runtime = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Runtime)
    name = path.parent.name
    interpreter = next((program for program in runtime.interpreter if os.access(program, os.X_OK)), "")
    site = libraries / runtime.site / "site" if runtime.site else None
    is_there = interpreter and (site is None or all((site / need).exists() for need in runtime.needs))
    is_there = is_there and all(os.access(program, os.X_OK) for program in runtime.programs)
    if not is_there or not all(Path(bind).exists() for bind in runtime.binds):
        return Found(name=name, runtime=runtime, reason=runtime.missing)
    tools = tuple(BoxFile(path=Path(tool).name, content=(path.parent / tool).read_bytes()) for tool in runtime.tools)
    found = Found(name=name, runtime=runtime, interpreter=interpreter, site=str(site) if site else "", tools=tools)
    told = subprocess.run(found.filled(runtime.version), capture_output=True, text=True, check=False)  # noqa: S603 - a toolchain of the machine
    return msgspec.structs.replace(found, version=(told.stdout or told.stderr).strip().splitlines()[0])
