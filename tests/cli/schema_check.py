"""As much of JSON Schema as the published schemas use; a keyword that is not known here is an error."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

KINDS: dict[str, tuple[type, ...]] = {
    "object": (dict,), "array": (list,), "string": (str,), "boolean": (bool,), "null": (type(None),),
    "integer": (int,), "number": (int, float),
}  # fmt: skip
NOTES = {"$schema", "title", "description"}
CHECKS: dict[str, Callable[[Any, Any], bool]] = {
    "type": lambda value, names: any(_is_of(value, name) for name in ([names] if isinstance(names, str) else names)),
    "const": lambda value, said: value == said,
    "enum": lambda value, said: value in said,
    "required": lambda value, names: set(names) <= value.keys(),
    "minimum": lambda value, bound: value >= bound,
    "maximum": lambda value, bound: value <= bound,
    "minLength": lambda value, bound: len(value) >= bound,
    "minItems": lambda value, bound: len(value) >= bound,
    "maxItems": lambda value, bound: len(value) <= bound,
}


def faults(value: Any, schema: Mapping[str, Any], at: str = "$") -> Iterator[str]:
    """Yield what in the value is not as the schema says."""
    for keyword, said in schema.items():
        if keyword in NOTES or (value is None and keyword != "type"):
            continue  # whether it may be null is said by its type, and nothing else speaks of null
        if keyword == "items":
            for place, item in enumerate(value):
                yield from faults(item, said, f"{at}[{place}]")
        elif keyword == "properties":
            for name in said.keys() & value.keys():
                yield from faults(value[name], said[name], f"{at}.{name}")
        elif keyword == "additionalProperties":
            assert said is False
            yield from (f"{at}: unknown {name}" for name in value.keys() - schema["properties"].keys())
        elif not CHECKS[keyword](value, said):
            yield f"{at}: {keyword}"


def _is_of(value: Any, name: str) -> bool:
    return isinstance(value, KINDS[name]) and isinstance(value, bool) <= (name == "boolean")
