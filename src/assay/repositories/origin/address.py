"""Which addresses may be asked: https, no names or passwords in them, and machines of the public internet only."""

import ipaddress
import socket
from collections.abc import Callable
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit, urlunsplit

from assay.repositories.errors import Refusal, RepositoryError

_LONGEST = 2_000
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_HTTPS_PORT = 443

Resolve = Callable[[str, int], list[str]]
"""Host and port to the addresses of the host, as text."""


class Target(NamedTuple):
    """An address that was checked, with the machine that it is to be asked of."""

    url: str
    host: str
    port: int
    ip: str


class AddressPolicy(NamedTuple):
    """What may be asked. Tests put in their own resolver and allow the machine itself."""

    resolve: Resolve
    is_allowed: Callable[[str], bool]
    ports: frozenset[int] = frozenset({_HTTPS_PORT})
    ca_file: str | None = None


def is_public(ip: str) -> bool:
    """Say whether an address belongs to the public internet, also where it hides inside an IPv6 one."""
    address = ipaddress.ip_address(ip.partition("%")[0])
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour or (address.teredo[1] if address.teredo else None)
        if inner is None and address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return address.is_global and not address.is_multicast and not address.is_reserved


def addresses_of(host: str, port: int) -> list[str]:
    """Yield the addresses of a host. Raises `OSError` where it has none."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


PUBLIC = AddressPolicy(resolve=addresses_of, is_allowed=is_public)


def checked_target(*, url: str, policy: AddressPolicy) -> Target:
    """Yield the address with its resolved machine. Raises `RepositoryError` where it may not be asked."""
    parts = _split(url)
    host, port = parts.hostname or "", parts.port or _HTTPS_PORT
    if parts.username is not None or parts.password is not None:
        raise _refused("The address holds a user name or a password. Give it without; private work can be uploaded.")
    if port not in policy.ports:
        raise _refused(f"Port {port} is not asked; give an address without a port.")
    try:
        ips = policy.resolve(host, port)
    except (OSError, UnicodeError) as error:
        message = f"The name {host} is not known. Is the address spelled rightly?"
        raise RepositoryError(refusal=Refusal.UNREACHABLE, message=message) from error
    # One private address among public ones is enough: the second look-up might choose it.
    if not ips or not all(policy.is_allowed(ip) for ip in ips):
        raise _refused(f"{host} is not a machine of the public internet. Send the repository as a bundle instead.")
    path = parts.path.rstrip("/")
    return Target(urlunsplit(("https", _netloc(host, port), path, "", "")), host, port, ips[0])


def _split(url: str) -> SplitResult:
    if len(url) > _LONGEST or any(ord(sign) < 33 or ord(sign) == 127 for sign in url):
        raise _refused("The address holds signs that no address has.")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise _refused("This is not an address.") from error
    if parts.scheme != "https":
        raise _refused("Only https addresses are read. Other work can be sent as a git bundle, zip or tar.")
    if not parts.hostname or not parts.path.strip("/") or parts.hostname.startswith("-"):
        raise _refused("The address names no repository.")
    return parts


def _netloc(host: str, port: int) -> str:
    name = f"[{host}]" if ":" in host else host
    return name if port == _HTTPS_PORT else f"{name}:{port}"


def _refused(message: str) -> RepositoryError:
    return RepositoryError(refusal=Refusal.ADDRESS, message=message)
