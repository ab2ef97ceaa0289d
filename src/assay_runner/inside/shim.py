# ruff: noqa: BLE001, PLC0415, TID251, D103
# One small script that every box pays for: few imports, and whatever the hand-in raises is its answer.
"""Runs in a box: loads the hand-in and answers calls. Holds nothing that would be worth reading.

Frames on two descriptors (calls, replies) named on the command line: four bytes of length, most significant first,
then JSON. A call is ``{"call", "fn", "args", "kwargs", "keep"}`` with packed values as text; a reply is
``{"call", "value"}`` or ``{"call", "error", "detail"}``. The first one, to the call "", tells whether the file loaded.
"""

import functools
import importlib
import importlib.util
import json
import os
import sys
from collections.abc import Callable
from typing import Any

sys.path[:0] = ["/work"]
sys.path.append("/opt/site")
_spec: Any = importlib.util.spec_from_file_location("_assay_values", "/box/values.py")
values: Any = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(values)
KEPT: dict[str, Any] = {}
FDS: list[int] = []


def main() -> None:
    entry, seed = sys.argv[1], int(sys.argv[2])
    FDS[:] = map(int, sys.argv[3:5])
    sys.argv = [entry]
    seed_all(seed)
    loaded = answer("", lambda: load(entry))
    seed_all(seed)
    while loaded:
        call = receive()
        answer(call["call"], functools.partial(perform, call), call["keep"])


def load(entry: str) -> None:
    spec: Any = importlib.util.spec_from_file_location(entry.rsplit("/", 1)[-1].removesuffix(".py"), "/work/" + entry)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = sys.modules["assay_entry"] = module
    spec.loader.exec_module(module)


def perform(call: dict[str, str]) -> Any:
    home, _, name = call["fn"].rpartition(":")
    args = [argument(item) for item in json.loads(call["args"])]
    kwargs = {key: argument(item) for key, item in json.loads(call["kwargs"]).items()}
    if home == "assay":
        own: dict[str, Callable[..., Any]] = {"call": lambda fn, *rest: fn(*rest), "attribute": getattr}
        return own[name](*args, **kwargs)
    target: Any = importlib.import_module(home or "assay_entry")
    for part in name.split("."):
        target = getattr(target, part)
    return target(*args, **kwargs)


def argument(item: Any) -> Any:
    if isinstance(item, dict) and set(item) == {"$kept"}:
        return KEPT[item["$kept"]]
    return values.unpacked(json.dumps(item), is_inside=True)


def answer(token: str, work: Callable[[], Any], keep: str = "") -> bool:
    try:
        result = work()
        if keep:
            KEPT[keep] = result
        reply = {
            "call": token,
            "value": "null" if keep or not token else values.packed(result).decode("utf-8", "surrogatepass"),
        }
    except BaseException as error:
        reply = {"call": token, "error": type(error).__name__, "detail": told(error)}
    flush()
    send(reply)
    return "value" in reply


def flush() -> None:
    """Let what was printed out before the answer: the box is ended without asking."""
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except Exception:  # noqa: S112 - a hand-in may have put anything in the stream's place
            continue


def told(error: BaseException) -> str:
    try:
        return str(error)[:2000]
    except Exception:
        return ""


def seed_all(seed: int) -> None:
    import random

    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed % 2**32)


def receive() -> dict[str, str]:
    call: dict[str, str] = json.loads(exactly(int.from_bytes(exactly(4), "big")))
    return call


def exactly(size: int) -> bytes:
    data = bytearray()
    while len(data) < size:
        part = os.read(FDS[0], min(size - len(data), 2**20))
        if not part:
            os._exit(0)
        data += part
    return bytes(data)


def send(reply: dict[str, str]) -> None:
    body = json.dumps(reply).encode("utf-8", "replace")
    data = memoryview(len(body).to_bytes(4, "big") + body)
    while data:
        data = data[os.write(FDS[1], data) :]


# A runtime's own shim takes this file as a module and puts its own `load` and `perform` in place.
if __name__ == "__main__":
    main()
