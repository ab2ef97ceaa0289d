"""Short pieces of Python to be read; the answer is what running them prints."""

import subprocess
import sys

import numpy as np

from assay.itembank.making import choice, chosen_text, order, require
from assay.itembank.model import Family, Kind, NumberKey, OrderKey, TextKey, Variant

SOURCE = "Own work; every answer is what the shown code prints"
LICENCE = "Apache-2.0"
ASK = "What does this print?"


def _printed(variant: Variant) -> str:
    """Yield what the code in a stem prints, run by itself in a process of its own."""
    code = variant.stem.split("```python\n")[1].split("```")[0]
    command = [sys.executable, "-I", "-S", "-c", code]
    return subprocess.run(command, capture_output=True, text=True, timeout=20, check=True).stdout.strip()  # noqa: S603 -- our own code


def _shown(code: str) -> str:
    return f"{ASK}\n\n```python\n{code.strip()}\n```"


def _alias(rng: np.random.Generator) -> Variant:
    first = [int(one) for one in rng.integers(1, 9, 3)]
    added, copies = int(rng.integers(10, 99)), bool(rng.random() < 0.5)
    made = "list(scores)" if copies else "scores"
    length = 3 if copies else 4
    code = f"scores = {first}\nkept = {made}\nkept.append({added})\nprint(len(scores))"
    return Variant(
        family="", seed=0, kind=Kind.READING, stem=_shown(code), key=NumberKey(value=float(length)),
        explanation="`list(…)` makes a second list; the first stays as it was." if copies
        else "Both names stand for one list: whatever is appended by one name is seen by the other.",
    )  # fmt: skip


def _check_number(variant: Variant) -> None:
    assert isinstance(variant.key, NumberKey)
    require(holds=float(_printed(variant)) == variant.key.value, what="what the code prints")


def _default(rng: np.random.Generator) -> Variant:
    one, two, three = (int(value) for value in rng.choice(np.arange(1, 20), 3, replace=False))
    code = f"def add(value, seen=[]):\n    seen.append(value)\n    return seen\n\n\nadd({one})\nadd({two}, [])\nprint(add({three}))"
    return choice(
        rng, stem=_shown(code), right=f"`[{one}, {three}]`", kind=Kind.SINGLE,
        wrong=[
            (f"`[{three}]`", "a default is made anew for each call"),
            (f"`[{one}, {two}, {three}]`", "a list that was passed replaces the default for good"),
            (f"`[{two}, {three}]`", "the default is the list of the last call"),
        ],
        explanation="The default list is made once, with the function, and is shared by the calls that pass none.",
    )  # fmt: skip


def _check_chosen(variant: Variant) -> None:
    require(holds=chosen_text(variant).strip("`") == _printed(variant), what="what the code prints")


def _slice(rng: np.random.Generator) -> Variant:
    word = str(rng.choice(["gradient", "momentum", "ensemble", "variance", "quantile"]))
    start, step = int(rng.integers(5, 8)), -int(rng.integers(2, 4))
    return Variant(
        family="", seed=0, kind=Kind.SHORT, stem=_shown(f'word = "{word}"\nprint(word[{start}:0:{step}])'),
        key=TextKey(accepted=(word[start:0:step],)),
        explanation=f"From place {start} down by {-step} each, and the place 0 is no longer in it.",
    )  # fmt: skip


def _check_text(variant: Variant) -> None:
    assert isinstance(variant.key, TextKey)
    require(holds=(_printed(variant),) == variant.key.accepted, what="what the code prints")


def _late_binding(rng: np.random.Generator) -> Variant:
    count, factor = int(rng.integers(3, 6)), int(rng.integers(2, 8))
    last = (count - 1) * factor
    code = f"scale = []\nfor step in range({count}):\n    scale.append(lambda x: x * step)\nprint([call({factor}) for call in scale])"
    return choice(
        rng, stem=_shown(code), right=f"`{[last] * count}`",
        wrong=[
            (f"`{[factor * step for step in range(count)]}`", "a function keeps the value that a name had when it was made"),
            (f"`{[0] * count}`", "a function keeps the first value of a name"),
            (f"`{[factor * count] * count}`", "a loop leaves its variable one past the last value"),
        ],
        explanation="The functions look the name up when they are called; the loop has ended by then.",
    )  # fmt: skip


def _dictionary(rng: np.random.Generator) -> Variant:
    names = [str(one) for one in rng.choice(["mae", "rmse", "r2", "mape"], 3, replace=False)]
    values = [int(one) for one in rng.choice(np.arange(1, 60), 4, replace=False)]
    rows = [(names[0], values[0]), (names[1], values[1]), (names[0], values[2]), (names[2], values[3])]
    pick = int(rng.integers(0, 2))
    code = f"rows = {rows}\nfound = {{name: value for name, value in rows}}\nprint(list(found.values())[{pick}] + len(found))"
    value = list(dict(rows).values())[pick] + 3
    return Variant(
        family="", seed=0, kind=Kind.READING, stem=_shown(code), key=NumberKey(value=float(value)),
        explanation="A later value replaces an earlier one and keeps its place; three names are left.",
    )  # fmt: skip


def _growth(rng: np.random.Generator) -> Variant:
    steps = [
        "looking a key up in a `dict`", "finding a value in a sorted list with `bisect`", "`x in values` for a list",
        "`sorted(values)`", "comparing every value with every other one",
    ]  # fmt: skip
    kept = sorted(int(place) for place in rng.choice(len(steps), 4, replace=False))
    return order(
        rng, stem="Put these in order by how their time **grows** with the number of values, the slowest growth first.",
        lines=[steps[place] for place in kept],
        explanation="Constant on average, logarithmic, linear, n log n, quadratic.",
    )  # fmt: skip


def _check_growth(variant: Variant) -> None:
    growth = {
        "dict": 1.0,
        "bisect": 20.0,
        "x in values": 1e6,
        "sorted(values)": 2e7,
        "every other": 1e12,
    }  # at a million
    texts = {option.id: option.text for option in variant.options}
    assert isinstance(variant.key, OrderKey)
    found = [next(size for name, size in growth.items() if name in texts[one]) for one in variant.key.ids]
    require(holds=found == sorted(found), what="steps at a million values")


FAMILIES = (
    Family(
        id="python/alias-or-copy", title="Two names for one list", domain="python", loadings={"python": 1.0},
        kind=Kind.READING, level=1, expected_s=45, source=SOURCE, licence=LICENCE, make=_alias, verify=_check_number,
    ),
    Family(
        id="python/shared-default", title="A default that is shared by calls", domain="python", loadings={"python": 1.0},
        kind=Kind.SINGLE, level=3, expected_s=60, source=SOURCE, licence=LICENCE, make=_default, verify=_check_chosen,
    ),
    Family(
        id="python/slice-backwards", title="A slice with a negative step", domain="python", loadings={"python": 1.0},
        kind=Kind.SHORT, level=2, expected_s=60, source=SOURCE, licence=LICENCE, make=_slice, verify=_check_text,
    ),
    Family(
        id="python/late-binding", title="Functions made in a loop", domain="python", loadings={"python": 1.0},
        kind=Kind.SINGLE, level=4, expected_s=75, source=SOURCE, licence=LICENCE, make=_late_binding, verify=_check_chosen,
    ),
    Family(
        id="python/later-key-wins", title="Keys that come twice", domain="python", loadings={"python": 1.0},
        kind=Kind.READING, level=2, expected_s=75, source=SOURCE, licence=LICENCE, make=_dictionary, verify=_check_number,
    ),
    Family(
        id="python/growth-of-time", title="How time grows with the data", domain="python",
        loadings={"python": 0.7, "algorithms_data_structures": 0.8}, kind=Kind.ORDER, level=2, expected_s=60,
        source=SOURCE, licence=LICENCE, make=_growth, verify=_check_growth,
    ),
)  # fmt: skip
