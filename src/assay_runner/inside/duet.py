"""Objects of one box used from another: tests on one side, the code under test on the other.

Both sides speak frames: four bytes of length, then JSON. One side asks, the other answers; while it answers it may ask
back, as when tested code calls a function that a test handed it. Plain values of exactly the built-in types cross by
value; everything else stays where it was made, and crosses as a reference that its methods are called through.

Standard library only: this file runs inside boxes. Without annotations: every value here is anything at all.
"""

import builtins
import collections
import importlib
import importlib.util
import json
import math
import struct
import sys
import types

MAX_FRAME = 64 * 2**20
SCALARS = (bool, int, float, str, type(None))
COMPARISONS = {"__eq__", "__ne__", "__lt__", "__le__", "__gt__", "__ge__"}
FORWARDED = [
    "__len__",
    "__iter__",
    "__next__",
    "__contains__",
    "__getitem__",
    "__setitem__",
    "__delitem__",
    "__reversed__",
    "__bool__",
    "__int__",
    "__float__",
    "__index__",
    "__complex__",
    "__hash__",
    "__eq__",
    "__ne__",
    "__lt__",
    "__le__",
    "__gt__",
    "__ge__",
    "__add__",
    "__sub__",
    "__mul__",
    "__truediv__",
    "__floordiv__",
    "__mod__",
    "__divmod__",
    "__pow__",
    "__and__",
    "__or__",
    "__xor__",
    "__lshift__",
    "__rshift__",
    "__matmul__",
    "__neg__",
    "__pos__",
    "__abs__",
    "__invert__",
    "__round__",
    "__radd__",
    "__rsub__",
    "__rmul__",
    "__rtruediv__",
    "__rfloordiv__",
    "__rmod__",
    "__rpow__",
    "__rand__",
    "__ror__",
    "__rxor__",
    "__iadd__",
    "__isub__",
    "__imul__",
    "__ior__",
    "__iand__",
    "__enter__",
    "__exit__",
    "__call__",
    "__str__",
    "__repr__",
    "__format__",
]


class DuetError(Exception):
    """The other side is gone or does not keep to the protocol."""


class Channel:
    """Frames over two streams of bytes."""

    def __init__(self, reader, writer):
        self.reader, self.writer = reader, writer

    def send(self, message):
        """Write one message."""
        data = json.dumps(message).encode("utf-8", "surrogatepass")
        if len(data) > MAX_FRAME:
            raise DuetError("a message that is too large")
        self.writer.write(struct.pack(">I", len(data)) + data)
        self.writer.flush()

    def receive(self):
        """Read one message; None at the end of the stream."""
        head = self.reader.read(4)
        if len(head) < 4:
            return None
        size = struct.unpack(">I", head)[0]
        if size > MAX_FRAME:
            raise DuetError("a message that is too large")
        return json.loads(self.reader.read(size).decode("utf-8", "surrogatepass"))


class Side:
    """One end: keeps what it lent out, answers what is asked of it, and asks."""

    def __init__(self, channel):
        self.channel = channel
        self.lent = {}
        self.lent_by_id = {}
        self.classes = {}
        self.proxies = {}

    # -- values ----------------------------------------------------------------------------------------------------

    def encode(self, value):
        """Yield the JSON form of a value; what is not plain is lent."""
        kind = type(value)
        if kind is int and abs(value) >= 2**53:
            return {"i": hex(value)}
        if kind is float and not math.isfinite(value):
            return {"f": repr(value)}
        if kind in SCALARS:
            return value
        if kind is list:
            return {"l": [self.encode(item) for item in value]}
        if kind is tuple:
            return {"t": [self.encode(item) for item in value]}
        if kind in (set, frozenset):
            return {"s" if kind is set else "z": [self.encode(item) for item in value]}
        if kind is dict:
            return {"d": [[self.encode(key), self.encode(item)] for key, item in value.items()]}
        return self._encode_rarer(value, kind)

    def _encode_rarer(self, value, kind):
        if kind in (bytes, bytearray):
            return {"b": value.hex(), "m": kind is bytearray}
        if kind is complex:
            return {"c": [repr(value.real), repr(value.imag)]}
        if kind is range:
            return {"r": [value.start, value.stop, value.step]}
        name = {
            collections.Counter: "Counter", collections.OrderedDict: "OrderedDict", collections.deque: "deque"
        }.get(kind)  # fmt: skip
        if name is not None:
            inner = list(value) if name == "deque" else dict(value)
            return {"k": name, "v": self.encode(inner)}
        if kind is collections.defaultdict:
            return self.encode(dict(value))
        spelled = _spelled(value, kind)
        if spelled is not None:
            return {"w": spelled}
        if kind is type and getattr(builtins, value.__name__, None) is value:
            return {"n": value.__name__}
        if value is NotImplemented or value is Ellipsis:
            return {"n": repr(value)}
        if isinstance(value, Remote) or isinstance(kind, RemoteMeta) or isinstance(value, RemoteMeta):
            return {
                "y": object.__getattribute__(value, "_remote_id") if not isinstance(value, type) else value._remote_id
            }
        local = getattr(value, "_remote_exception", None) if isinstance(value, type) else None
        if local is not None:
            return {"y": local}
        return self._lend(value)

    def _lend(self, value):
        number = self.lent_by_id.get(id(value))
        if number is None:
            number = len(self.lent) + 1
            self.lent[number] = value
            self.lent_by_id[id(value)] = number
        if isinstance(value, type):
            return {"class": self._class_card(value, number)}
        if isinstance(value, BaseException):
            return {"o": number, "of": self._class_card(type(value), None), "args": self._safe(list(value.args))}
        plain = _plain_of(value)
        return {
            "o": number,
            "of": self._class_card(type(value), None),
            **({} if plain is None else {"plain": self.encode(plain)}),
        }

    def _safe(self, values):
        try:
            return self.encode(values)
        except Exception:
            return {"l": [str(item) for item in values]}

    def _class_card(self, cls, number):
        if number is None:
            number = self.lent_by_id.get(id(cls))
            if number is None:
                number = len(self.lent) + 1
                self.lent[number] = cls
                self.lent_by_id[id(cls)] = number
        special = [name for name in FORWARDED if _defines(cls, name)]
        base = next(
            (b.__name__ for b in cls.__mro__ if b.__module__ == "builtins" and issubclass(b, BaseException)), ""
        )
        line = [b.__name__ for b in cls.__mro__[1:-1]]
        bases = [self._class_card(b, None) for b in cls.__mro__[1:2] if b is not object and b.__module__ != "builtins"]
        return {"id": number, "name": cls.__name__, "module": cls.__module__, "special": special, "error": base,
                "line": line, "bases": bases, "doc": cls.__doc__ if isinstance(cls.__doc__, str) else None}  # fmt: skip

    def decode(self, form):
        """Yield the value of a form; references become proxies, and our own come home."""
        if not isinstance(form, dict):
            return form
        (tag, body) = next(iter(form.items()))
        simple = {
            "i": lambda: int(body, 16),
            "f": lambda: float(body),
            "l": lambda: [self.decode(item) for item in body],
            "t": lambda: tuple(self.decode(item) for item in body),
            "s": lambda: {self.decode(item) for item in body},
            "z": lambda: frozenset(self.decode(item) for item in body),
            "d": lambda: {self.decode(key): self.decode(item) for key, item in body},
            "b": lambda: bytearray.fromhex(body) if form.get("m") else bytes.fromhex(body),
            "c": lambda: complex(float(body[0]), float(body[1])),
            "r": lambda: range(*body),
            "k": lambda: getattr(collections, body)(self.decode(form["v"])),
            "w": lambda: _unspelled(body),
            "n": lambda: getattr(builtins, body),
            "y": lambda: self.lent[body],
            "class": lambda: self._class_of(body),
        }
        if tag in simple:
            return simple[tag]()
        return self._proxy(form)

    def _proxy(self, form):
        number = form["o"]
        if number not in self.proxies:
            cls = self._class_of(form["of"])
            if isinstance(cls, type) and issubclass(cls, BaseException):
                made = cls.__new__(cls)
                made.args = tuple(self.decode(form["args"]))
            else:
                made = object.__new__(cls)
                object.__setattr__(made, "_remote_id", number)
                if "plain" in form:
                    object.__setattr__(made, "_remote_plain", self.decode(form["plain"]))
            self.proxies[number] = made
        return self.proxies[number]

    def _class_of(self, card):
        number = card["id"]
        if number in self.classes:
            return self.classes[number]
        known = getattr(builtins, card["name"], None) if card["module"] == "builtins" else None
        if card["error"]:
            if isinstance(known, type) and issubclass(known, BaseException):
                self.classes[number] = known
            else:
                parents = tuple(self._class_of(base) for base in card["bases"]) or (getattr(builtins, card["error"]),)
                self.classes[number] = _error_class(card, parents)
        else:
            parents = tuple(self._class_of(base) for base in card["bases"]) or (Remote,)
            self.classes[number] = RemoteMeta.made(self, card, parents)
        return self.classes[number]

    # -- asking and answering --------------------------------------------------------------------------------------

    def ask(self, op, **fields):
        """Ask the other side; yield its value or raise what it raised."""
        return self._result(self._exchange({"op": op, **fields}))

    def call(self, number, args, kwargs, special=None):
        """Call something of the other side's; what it changed in our lists, dicts and sets is changed here too."""
        forms = [self.encode(arg) for arg in args]
        named = {key: self.encode(arg) for key, arg in kwargs.items()}
        message = self._exchange({"op": "call", "ref": number, "args": forms, "kwargs": named, "special": special})
        for arg, form in zip(args, message.get("changed", ()), strict=False):
            if form is not None:
                _put_back(arg, self.decode(form))
        return self._result(message)

    def serve(self):
        """Answer questions until the stream ends."""
        while (message := self.channel.receive()) is not None:
            if "op" not in message:
                raise DuetError("an answer that nobody asked for")
            self.channel.send(self._answer(message))

    def _exchange(self, question):
        """Send a question; answer what is asked back meanwhile; yield the answer."""
        self.channel.send(question)
        while (message := self.channel.receive()) is not None:
            if "op" not in message:
                return message
            self.channel.send(self._answer(message))
        raise DuetError("the other side has ended")

    def _result(self, message):
        if "raised" in message:
            raise self._error(message["raised"])
        return self.decode(message["ok"])

    def _error(self, form):
        error = self.decode(form["error"])
        if not isinstance(error, BaseException):
            error = RuntimeError(str(form.get("text", "")))
        error._remote_text = form.get("text", "")
        return error

    def _answer(self, message):
        try:
            value, changed = self._done(message)
            return {"ok": self.encode(value), **({"changed": changed} if changed else {})}
        except DuetError:
            raise
        except BaseException as error:
            return {"raised": {"error": self._lend(error), "text": _text_of(error)}}

    def _done(self, message):
        op = message["op"]
        if op == "import":
            return _Named(importlib.import_module(message["name"])), None
        if op == "names":
            module = self.lent[message["ref"]].module
            return [name for name in vars(module) if not name.startswith("__")], None
        target = self.lent[message["ref"]]
        if op == "get":
            return getattr(target.module if isinstance(target, _Named) else target, message["name"]), None
        if op == "set":
            owner = target.module if isinstance(target, _Named) else target
            setattr(owner, message["name"], self.decode(message["value"]))
            return None, None
        args = [self.decode(form) for form in message["args"]]
        kwargs = {key: self.decode(form) for key, form in message["kwargs"].items()}
        before = [json.dumps(form) for form in message["args"]]
        if message.get("special"):
            value = getattr(type(target), message["special"])(target, *args, **kwargs)
        else:
            value = target(*args, **kwargs)
        return value, self._changed(args, before)

    def _changed(self, args, before):
        forms = [self.encode(arg) if type(arg) in (list, dict, set, bytearray) else None for arg in args]
        pairs = zip(forms, before, strict=True)
        changed = [form if form is not None and json.dumps(form) != was else None for form, was in pairs]
        return changed if any(form is not None for form in changed) else None


class _Named:
    """A module as something that can be lent."""

    def __init__(self, module):
        self.module = module


class RemoteMeta(type):
    """Class of the stand-ins for classes of the other side."""

    @classmethod
    def made(cls, side, card, parents):
        """Make the stand-in for one class."""
        body = {"_remote_side": side, "_remote_id": card["id"], "__doc__": card["doc"], "__module__": card["module"]}
        for name in card["special"]:
            body[name] = _compare(name) if name in COMPARISONS else _forward(name)
        if "__eq__" in card["special"] and "__hash__" not in card["special"]:
            body["__hash__"] = None
        return type.__new__(cls, card["name"], parents, body)

    def __init__(cls, *args):
        """Take no part in what `type` would do with the other side's arguments."""

    def __call__(cls, *args, **kwargs):
        return cls._remote_side.call(cls._remote_id, args, kwargs)

    def __getattr__(cls, name):
        if name.startswith("_remote"):
            raise AttributeError(name)
        return cls._remote_side.ask("get", ref=cls._remote_id, name=name)


class Remote(metaclass=RemoteMeta):
    """Base of the stand-ins for objects of the other side."""

    def __getattr__(self, name):
        if name.startswith("_remote"):
            raise AttributeError(name)
        return type(self)._remote_side.ask("get", ref=object.__getattribute__(self, "_remote_id"), name=name)

    def __setattr__(self, name, value):
        side = type(self)._remote_side
        side.ask("set", ref=object.__getattribute__(self, "_remote_id"), name=name, value=side.encode(value))


def _forward(name):
    def method(self, *args, **kwargs):
        number = object.__getattribute__(self, "_remote_id")
        return type(self)._remote_side.call(number, args, kwargs, special=name)

    method.__name__ = name
    return method


def _compare(name):
    """Compare with plain data over here: what calls itself equal to everything is equal to nothing of ours."""
    forward = _forward(name)

    def method(self, other):
        if isinstance(other, Remote):
            return forward(self, other)
        try:
            plain = object.__getattribute__(self, "_remote_plain")
        except AttributeError:
            return NotImplemented
        return getattr(plain, name)(other)

    method.__name__ = name
    return method


def _plain_of(value):
    """Yield what an object of a class built on a plain type holds, without calling anything of that class."""
    for kind, read in _PLAIN:
        if isinstance(value, kind):
            return read(value)
    return None


_PLAIN = (
    (int, int.__int__),
    (float, float.__float__),
    (str, str.__str__),
    (tuple, lambda value: tuple.__getitem__(value, slice(None))),
    (list, lambda value: list.__getitem__(value, slice(None))),
    (dict, lambda value: dict(dict.items(value))),
)


def _error_class(card, parents):
    def text(self):
        return getattr(self, "_remote_text", "") or Exception.__str__(self)

    body = {"_remote_exception": card["id"], "__str__": text, "__module__": card["module"]}
    return type(card["name"], parents, body)


def _defines(cls, name):
    """Whether a class says something of its own about a special method, or is built on something that does."""
    for base in cls.__mro__:
        if base is object:
            return name in ("__str__", "__repr__", "__hash__", "__eq__", "__ne__") and cls.__hash__ is not None
        if name in vars(base):
            return vars(base)[name] is not None
    return False


def _put_back(target, value):
    if type(target) is list or type(target) is bytearray:
        target[:] = value
    elif type(target) in (dict, set):
        target.clear()
        target.update(value)


def _text_of(error):
    try:
        return str(error)[:2000]
    except Exception:
        return ""


def _spelled(value, kind):
    if kind.__module__ in ("decimal", "fractions", "datetime", "uuid", "pathlib") and kind.__name__ in _SPELL:
        return [kind.__module__, kind.__name__, _SPELL[kind.__name__](value)]
    return None


def _unspelled(body):
    module, name, text = body
    cls = getattr(importlib.import_module(module), name)
    if name == "timedelta":
        return cls(*text)
    return cls.fromisoformat(text) if module == "datetime" else cls(text)


_SPELL = {
    "Decimal": str,
    "Fraction": str,
    "UUID": str,
    "date": lambda value: value.isoformat(),
    "datetime": lambda value: value.isoformat(),
    "time": lambda value: value.isoformat(),
    "timedelta": lambda value: [value.days, value.seconds, value.microseconds],
}


def serve_code(reader, writer):
    """Answer as the side of the code under test, until the tests are done."""
    Side(Channel(reader, writer)).serve()


class Finder:
    """Lets tests import modules that live on the other side."""

    def __init__(self, side, modules):
        self.side, self.modules = side, set(modules)

    def find_spec(self, name, _path=None, _target=None):
        """Yield a spec for the modules of the other side, None for all others."""
        if name not in self.modules:
            return None
        return importlib.util.spec_from_loader(name, self)

    def create_module(self, spec):
        """Yield a module whose names are asked for when they are used."""
        return _module(self.side, spec.name)

    def exec_module(self, module):
        """Nothing: the module's code runs on the other side."""


def _module(side, name):
    module = types.ModuleType(name)
    number = object.__getattribute__(side.ask("import", name=name), "_remote_id")
    names = side.ask("names", ref=number)

    def find(attribute):
        if attribute.startswith("__"):
            raise AttributeError(attribute)
        return side.ask("get", ref=number, name=attribute)

    module.__getattr__ = find
    module.__all__ = [attribute for attribute in names if not attribute.startswith("_")]
    return module


if __name__ == "__main__":
    serve_code(sys.stdin.buffer, sys.stdout.buffer)
