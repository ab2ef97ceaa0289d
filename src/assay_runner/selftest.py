"""Prove each control by trying to get around it: a runner that has not seen a wall hold does not grade behind it."""

import os
import tempfile
from collections.abc import Callable

from msgspec import structs

from assay_runner.contract import Backend, BoxFile, Job, Limits, RunStep, Status, Struct

_LIMITS = Limits(
    cpu_s=0.4, wall_s=10.0, memory_mib=96, processes=16, scratch_mib=8, file_mib=4, output_kib=16
)  # small, so that the whole test takes seconds
_HELD = frozenset({Status.OK})
_ARGUMENTS = "{decoy}"
DECOY_NAME = "ASSAY_SELFTEST_DECOY"


class Trial(Struct, frozen=True, kw_only=True):
    """A program that tries something; the wall holds where it ends with a status of ``ends`` and prints ``prints``."""

    control: str
    about: str
    """What holds, as a clause."""
    program: str
    ends: frozenset[Status] = _HELD
    prints: str | None = "held"
    """None where what was printed before the end says nothing."""
    limits: Limits = _LIMITS
    needs_groups: bool = False
    """Without control groups this cannot hold; a runner that goes on without them says so in its results."""


class Proof(Struct, frozen=True, kw_only=True):
    """What became of a trial."""

    control: str
    about: str
    is_held: bool
    is_required: bool
    detail: str = ""


def _refused(body: str) -> str:
    """Yield a program that prints ``held`` where each line of ``body`` is refused by the system."""
    lines = "\n".join(f"attempt(lambda: {line})" for line in body.strip().splitlines())
    return f"""
import ctypes, os, socket
c = ctypes.CDLL(None, use_errno=True)
def syscall(result):
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused")
went_through = []
def attempt(do):
    try:
        do()
        went_through.append(do.__code__.co_firstlineno)
    except OSError:
        pass
{lines}
print("held" if not went_through else "went through: lines %s" % went_through)
"""


def _asserted(condition: str) -> str:
    return f"""
import os, pathlib
status = dict(line.split(":\\t", 1) for line in pathlib.Path("/proc/self/status").read_text().splitlines())
print("held" if {condition} else "not so")
"""


TRIALS = (
    Trial(
        control="namespaces",
        about="the box sees no process, name or user but its own",
        program=_asserted(
            "os.uname().nodename == 'box' and os.getuid() == 1000 and int(status['CapEff'], 16) == 0"
            " and all(int(name) < 100 for name in os.listdir('/proc') if name.isdigit())"
        ),
    ),
    Trial(
        control="nothing-of-the-host",
        about="no file and no variable of the runner is seen",
        program=f"""
import os
print("held" if not os.path.exists({_ARGUMENTS!r}) and {DECOY_NAME!r} not in os.environ else "seen")
""",
    ),
    Trial(
        control="no-network",
        about="nothing outside can be reached",
        program=_refused("""
socket.create_connection(("192.0.2.1", 80), timeout=1)
socket.create_connection(("2001:db8::1", 80), timeout=1)
socket.getaddrinfo("example.org", 80)
socket.socket(socket.AF_PACKET, socket.SOCK_RAW)
"""),
    ),
    Trial(
        control="read-only-root",
        about="nothing but the scratch can be written to",
        program=_refused("""
open("/usr/bin/assay-selftest", "w")
open("/box/assay-selftest", "w")
open("/dev/assay-selftest", "w")
open("/etc/assay-selftest", "w")
open("/assay-selftest", "w")
"""),
    ),
    Trial(
        control="sized-scratch",
        about="the scratch fills up and no more",
        program="""
written = 0
try:
    for number in range(20):
        with open(f"/tmp/{number}", "wb") as file:
            for _ in range(3):
                file.write(bytes(2**20))
                file.flush()
                written += 1
except OSError:
    print("held" if written <= 8 else written)
""",
    ),
    Trial(
        control="file-size",
        about="one file grows to its limit and no further",
        program="""
import resource, signal
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
try:
    with open("/tmp/one", "wb") as file:
        for _ in range(6):
            file.write(bytes(2**20))
            file.flush()
except OSError:
    print("held")
""",
    ),
    Trial(
        control="seccomp",
        about="calls of the kernel that a program does not need are refused",
        program=_refused("""
syscall(c.ptrace(16, 1, 0, 0))
syscall(c.mount(b"none", b"/tmp", b"tmpfs", 0, None))
syscall(c.personality(0x0040000))
syscall(c.setns(0, 0))
syscall(c.chroot(b"/tmp"))
"""),
    ),
    Trial(
        control="seccomp",
        about="the filter stands, and no program can gain rights",
        program=_asserted("status['Seccomp'] == '2' and status['NoNewPrivs'] == '1'"),
    ),
    Trial(
        control="no-new-userns",
        about="no box can be made in the box",
        program=_refused("""
syscall(c.unshare(0x10000000))
syscall(c.unshare(0x00020000))
"""),
    ),
    Trial(
        control="processes",
        about="processes multiply to their limit and no further",
        program="""
import os, time
made = 0
try:
    while made < 64:
        if os.fork() == 0:
            time.sleep(5)
            os._exit(0)
        made += 1
except OSError:
    pass
print("held" if made < 16 else made, flush=True)
os._exit(0)
""",
    ),
    Trial(
        control="memory",
        about="a process that takes too much memory is ended",
        program="held = [bytearray(2**20 * 8) for _ in range(192)]\nprint('taken')",
        ends=frozenset({Status.OOM, Status.RE}),
        prints="",
        limits=structs.replace(_LIMITS, cpu_s=5.0),
    ),
    Trial(
        control="memory-of-all",
        about="processes that take too much memory together are ended",
        program="""
import os, time
for _ in range(4):
    if os.fork() == 0:
        taken = bytearray(40 * 2**20)
        time.sleep(1)
        os._exit(0)
time.sleep(0.6)
""",
        ends=frozenset({Status.OOM}),
        prints=None,
        needs_groups=True,
    ),
    Trial(
        control="cpu",
        about="a process that computes too long is ended",
        program="while True: pass",
        ends=frozenset({Status.CPU}),
        prints="",
    ),
    Trial(
        control="cpu-of-all",
        about="processes that compute too long one after another are ended",
        program="""
import os
while True:
    if os.fork() == 0:
        for _ in range(10**6): pass
        os._exit(0)
    os.wait()
""",
        ends=frozenset({Status.CPU}),
        prints="",
        needs_groups=True,
    ),
    Trial(
        control="wall",
        about="who only waits is ended by the clock",
        program="import signal, time\nsignal.signal(signal.SIGTERM, signal.SIG_IGN)\nwhile True: time.sleep(60)",
        ends=frozenset({Status.WALL}),
        prints="",
        limits=structs.replace(_LIMITS, wall_s=0.5),
    ),
    Trial(
        control="output",
        about="output is cut",
        program="import os\nwhile True: os.write(1, b'x' * 9999)",
        ends=frozenset({Status.OUTPUT}),
        prints="x" * 16 * 1024,
    ),
)


def prove(*, backend: Backend, has_groups: bool, tell: Callable[[Proof], None] = lambda _: None) -> tuple[Proof, ...]:
    """Try every wall of the backend; ``tell`` hears of each proof as it comes. Takes some seconds."""
    proofs = []
    with tempfile.NamedTemporaryFile() as decoy:
        os.environ[DECOY_NAME] = "1"
        try:
            for trial in TRIALS:
                proofs.append(_proof(backend, trial, decoy=decoy.name, has_groups=has_groups))
                tell(proofs[-1])
        finally:
            del os.environ[DECOY_NAME]
    return tuple(proofs)


def _proof(backend: Backend, trial: Trial, *, decoy: str, has_groups: bool) -> Proof:
    program = trial.program.replace(_ARGUMENTS, decoy)
    files = (BoxFile(path="main.py", content=program.encode()),)
    job = Job(runtime="python", files=files, steps=(RunStep(id="trial", entry="main.py", limits=trial.limits),))
    result = backend.run(job).steps[0]
    if result.status == Status.IE:  # ours, as ever: a box that could not be made says nothing of its walls
        result = backend.run(job).steps[0]
    printed = result.stdout.decode("utf-8", "replace").strip()
    is_held = result.status in trial.ends and trial.prints in {None, printed}
    left = "" if is_held else f"{result.status}: {(result.detail or printed or 'nothing printed')[:200]}"
    return Proof(
        control=trial.control,
        about=trial.about,
        is_held=is_held,
        is_required=has_groups or not trial.needs_groups,
        detail=left,
    )


def fallen(proofs: tuple[Proof, ...]) -> tuple[Proof, ...]:
    """Yield the required walls that did not hold."""
    return tuple(proof for proof in proofs if proof.is_required and not proof.is_held)
