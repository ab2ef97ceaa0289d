"""Typed readers of the environment: a setting that is wrong is loud at start, never silent later."""

import os
from pathlib import Path
from typing import NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit


class BadSettingError(ValueError):
    """An environment variable holds something that cannot be used; the message names it."""


def env_str(name: str, default: str = "") -> str:
    """Yield the variable, or the contents of the file that ``NAME_FILE`` points to."""
    if path := os.environ.get(f"{name}_FILE"):
        try:
            return Path(path).read_text(encoding="utf-8").strip()
        except OSError as error:
            message = f"{name}_FILE: cannot read {path}: {error.strerror}"
            raise BadSettingError(message) from error
    return os.environ.get(name, default)


def env_bool(name: str, *, default: bool) -> bool:
    """Yield true for 1/true/yes/on, false for 0/false/no/off."""
    raw = env_str(name).strip().lower()
    if not raw:
        return default
    if raw in {"1", "true", "yes", "on"}:
        return True
    if raw in {"0", "false", "no", "off"}:
        return False
    message = f"{name}: expected yes or no, found {raw!r}"
    raise BadSettingError(message)


def env_int(name: str, default: int) -> int:
    """Yield the variable as a whole number."""
    raw = env_str(name)
    try:
        return int(raw) if raw else default
    except ValueError as error:
        message = f"{name}: expected a whole number, found {raw!r}"
        raise BadSettingError(message) from error


def env_list(name: str, default: tuple[str, ...] = ()) -> list[str]:
    """Yield a comma-separated list without blanks."""
    raw = env_str(name)
    return [part.strip() for part in raw.split(",") if part.strip()] if raw else list(default)


class DatabaseUrl(NamedTuple):
    """The parts of a ``postgresql://`` URL; ``host`` may be a directory that holds the socket."""

    name: str
    user: str
    password: str
    host: str
    port: str
    options: dict[str, str]


def parse_database_url(url: str) -> DatabaseUrl:
    """Split a Postgres URL. Raises `BadSettingError` for any other scheme or a missing database name."""
    parts = urlsplit(url)
    if parts.scheme not in {"postgres", "postgresql"}:
        message = f"DATABASE_URL: expected postgresql://…, found {parts.scheme or 'nothing'}://…"
        raise BadSettingError(message)
    name = unquote(parts.path.lstrip("/"))
    if not name:
        message = "DATABASE_URL: the database's name is missing (postgresql://host/NAME)"
        raise BadSettingError(message)
    options = dict(parse_qsl(parts.query))
    return DatabaseUrl(
        name=name,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=options.pop("host", "") or unquote(parts.hostname or ""),
        port=str(parts.port or ""),
        options=options,
    )
