"""What the files of ``ops`` say to run: commands and environment, as a container or systemd would read them."""

import json
import re
import shlex
from pathlib import Path
from typing import NamedTuple

import yaml

OPS = Path(__file__).resolve().parents[2] / "ops"
UNITS = OPS / "systemd"
VARIABLE = re.compile(r"\$\{(\w+)(?::([-?])([^}]*))?\}")


class Setup(NamedTuple):
    """One way to run web and worker apart: their commands, the back-up's, and the environment they share."""

    web: list[str]
    worker: list[str]
    backup: list[str]
    environment: dict[str, str]


def compose(given: dict[str, str]) -> Setup:
    """Yield what ``docker compose up`` would run with these variables set."""
    services = yaml.safe_load(interpolated((OPS / "compose.yaml").read_text(encoding="utf-8"), given))["services"]
    image = (OPS / "Dockerfile").read_text(encoding="utf-8")
    of_image = dict(
        pair.split("=", 1) for line in re.findall(r"^ENV (.+)$", image, re.MULTILINE) for pair in line.split()
    )
    command = json.loads(re.findall(r"^CMD (.+)$", image, re.MULTILINE)[-1])
    web, worker = services["web"], services["worker"]
    return Setup(
        web=web.get("command", command),
        worker=worker["command"],
        backup=["assay", "db", "backup", "/tmp/assay.dump"],  # noqa: S108 -- as docs/run/operations.md has it
        environment=of_image | worker["environment"],
    )


def interpolated(text: str, given: dict[str, str]) -> str:
    """Fill ``${NAME}``, ``${NAME:-default}`` and ``${NAME:?what to do}`` as compose does."""

    def fill(found: re.Match[str]) -> str:
        name, mark, rest = found.groups()
        if given.get(name):
            return given[name]
        if mark == "-":
            return str(rest)
        raise KeyError(rest if mark == "?" else name)

    return VARIABLE.sub(fill, text)


def systemd(given: dict[str, str]) -> Setup:
    """Yield what the units would run with these values in ``/etc/assay/environment``."""
    environment = dict(
        line.split("=", 1)
        for line in (UNITS / "environment.example").read_text(encoding="utf-8").splitlines()
        if line and not line.startswith("#")
    )
    environment["DATABASE_URL"] = environment["DATABASE_URL"].replace("PASSWORD", given["POSTGRES_PASSWORD"])
    web, worker, backup = (unit(name) for name in ("assay-web", "assay-worker", "assay-backup"))
    environment |= {"ASSAY_SECRET_KEY": given["ASSAY_SECRET_KEY"], "ASSAY_URL": given["ASSAY_URL"]}
    environment |= dict(line.split("=", 1) for line in web["Environment"])
    return Setup(*(started(found) for found in (web, worker, backup)), environment=environment)


def unit(name: str) -> dict[str, list[str]]:
    """Yield the lines of a unit's [Service] part by their names."""
    lines: dict[str, list[str]] = {}
    for line in (UNITS / f"{name}.service").read_text(encoding="utf-8").split("[Service]")[1].splitlines():
        if line.startswith("["):
            break
        if line:
            key, _, value = line.partition("=")
            lines.setdefault(key, []).append(value)
    return lines


def started(service: dict[str, list[str]]) -> list[str]:
    """Yield the words of ExecStart with systemd's doubled signs made single."""
    return [word.replace("$$", "$").replace("%%", "%") for word in shlex.split(service["ExecStart"][0])]
