"""The seccomp allow-list of a box, as a classic BPF program. No library: ranges of call numbers and five checks.

Whatever is not allowed fails with EPERM, so that programs can go on; a foreign architecture (i386, x32) is killed.
Numbers are those of the kernel's own tables, from Linux 4 to 6.6; calls newer than that are refused until someone
has looked at them.
"""

import errno
import platform
import struct
from typing import NamedTuple


class _Arch(NamedTuple):
    audit: int
    ranges: tuple[tuple[int, int], ...]
    clone: int
    socket: int
    socketpair: int
    ioctl: int


# fmt: off
_X86_64 = _Arch(
    0xC000003E,
    (
        (0, 15), (17, 40), (42, 52), (54, 55), (57, 100), (102, 102), (104, 115), (117, 132), (137, 138), (140, 152),
        (157, 158), (160, 160), (162, 162), (186, 188), (191, 196), (200, 204), (213, 213), (217, 226), (228, 235),
        (237, 239), (247, 247), (253, 255), (257, 258), (260, 271), (273, 278), (280, 297), (299, 299), (302, 302),
        (307, 307), (309, 309), (314, 316), (318, 319), (322, 322), (324, 328), (332, 332), (334, 334), (424, 424),
        (434, 434), (436, 437), (439, 439), (441, 441), (444, 446), (449, 449), (452, 452),
    ),
    clone=56, socket=41, socketpair=53, ioctl=16,
)
_AARCH64 = _Arch(
    0xC00000B7,
    (
        (5, 5), (8, 13), (17, 17), (19, 28), (32, 32), (34, 38), (43, 50), (52, 57), (59, 59), (61, 88), (90, 91),
        (93, 96), (98, 103), (107, 111), (113, 115), (118, 141), (143, 158), (160, 160), (163, 169), (172, 179),
        (186, 197), (200, 216), (221, 223), (226, 233), (235, 237), (240, 240), (242, 243), (260, 261), (269, 269),
        (274, 276), (278, 279), (281, 281), (283, 287), (291, 291), (293, 293), (424, 424), (434, 434), (436, 437),
        (439, 439), (441, 441), (444, 446), (449, 449), (452, 452),
    ),
    clone=220, socket=198, socketpair=199, ioctl=29,
)
# fmt: on
_ARCHES = {"x86_64": _X86_64, "aarch64": _AARCH64, "arm64": _AARCH64}
_CLONE3 = 435
_NEW_NAMESPACES = 0x7E020080  # CLONE_NEWNS, NEWCGROUP, NEWUTS, NEWIPC, NEWUSER, NEWPID, NEWNET and NEWTIME
_UNIX, _INET, _INET6 = 1, 2, 10
_TIOCSTI, _TIOCLINUX = 0x5412, 0x541C
_KILL, _ALLOW = 0x80000000, 0x7FFF0000
_NR, _ARCH, _ARG0, _ARG1 = 0, 4, 16, 24


class UnknownArchitectureError(RuntimeError):
    """There is no table of system calls for this machine."""


def program(*, has_loopback: bool = False, machine: str = "") -> bytes:
    """Yield the filter's instructions; with ``has_loopback`` also IPv4 and IPv6 sockets (of the box's own network)."""
    machine = machine or platform.machine()
    if machine not in _ARCHES:
        raise UnknownArchitectureError(f"no table of system calls for {machine}")
    arch = _ARCHES[machine]
    code = [_load(_ARCH), _equal(arch.audit, 1, 0), _give(_KILL), _load(_NR)]
    if arch is _X86_64:
        code += [_at_least(0x40000000, 0, 1), _give(_KILL)]
    code += [_equal(_CLONE3, 0, 1), _give(_error(errno.ENOSYS))]
    families = (_UNIX, _INET, _INET6) if has_loopback else (_UNIX,)
    for number in (arch.socket, arch.socketpair):
        code += _only(
            number, [_load(_ARG0), *(_equal(family, len(families) - i, 0) for i, family in enumerate(families))]
        )
    code += [
        _equal(arch.clone, 0, 4),
        _load(_ARG0),
        _any_bit(_NEW_NAMESPACES & 0xFFFFFF7F, 1, 0),
        _give(_ALLOW),
        _give(_no()),
    ]
    code += [
        _equal(arch.ioctl, 0, 5),
        _load(_ARG1),
        _equal(_TIOCSTI, 2, 0),
        _equal(_TIOCLINUX, 1, 0),
        _give(_ALLOW),
        _give(_no()),
    ]
    for low, high in arch.ranges:
        code += [_at_least(low, 0, 2), _above(high, 1, 0), _give(_ALLOW)]
    return b"".join([*code, _give(_no())])


def _only(number: int, checks: list[bytes]) -> list[bytes]:
    """Refuse the call unless one of the checks jumps past the refusal."""
    return [_equal(number, 0, len(checks) + 2), *checks, _give(_no()), _give(_ALLOW)]


def _no() -> int:
    return _error(errno.EPERM)


def _error(number: int) -> int:
    return 0x00050000 | number


def _op(code: int, yes: int, no: int, value: int) -> bytes:
    return struct.pack("=HBBI", code, yes, no, value)


def _load(offset: int) -> bytes:
    return _op(0x20, 0, 0, offset)


def _equal(value: int, yes: int, no: int) -> bytes:
    return _op(0x15, yes, no, value)


def _above(value: int, yes: int, no: int) -> bytes:
    return _op(0x25, yes, no, value)


def _at_least(value: int, yes: int, no: int) -> bytes:
    return _op(0x35, yes, no, value)


def _any_bit(mask: int, yes: int, no: int) -> bytes:
    return _op(0x45, yes, no, mask)


def _give(value: int) -> bytes:
    return _op(0x06, 0, 0, value)
