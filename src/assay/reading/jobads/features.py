"""What the tagger of knowledge words looks at: the word, its neighbours, its form, and the line above.

A feature is a string; the tagger knows only its hash, so its weights hold no sentence of the texts it learned from.
"""

from collections.abc import Sequence

_CUES = frozenset(
    [
        "experience",
        "knowledge",
        "understanding",
        "familiarity",
        "familiar",
        "skills",
        "degree",
        "background",
        "expertise",
        "proficiency",
        "proficient",
        "fluent",
        "skilled",
        "passion",
        "interest",
        "field",
        "area",
        "areas",
        "within",
        "technologies",
        "tools",
        "languages",
        "frameworks",
        "expert",
        "experienced",
        "as",
        "using",
        "e.g",
        "including",
        "certification",
        "qualified",
        "education",
    ]
)
_HEADING_WORDS_MAX = 4
_SHAPE_MAX = 6
_CUE_REACH = 5


def shape_of(word: str) -> str:
    """Yield the form of a word, runs made one: ``PyTorch`` is ``XxXx``, ``H2O`` is ``XdX``."""
    shape = ""
    for char in word:
        kind = "X" if char.isupper() else "x" if char.islower() else "d" if char.isdigit() else char
        if not shape.endswith(kind):
            shape += kind
    return shape[:_SHAPE_MAX]


def features_of(*, words: Sequence[str], before: Sequence[str], is_known: Sequence[bool]) -> list[list[str]]:
    """Yield the features of each word of a line.

    ``before`` holds the words of the line above (empty at the beginning of an ad); ``is_known`` says for each word
    whether the vocabulary has it.
    """
    low = ["<s>", "<s>", *(word.lower() for word in words), "</s>", "</s>"]
    shapes = ["<s>", "<s>", *(shape_of(word) for word in words), "</s>", "</s>"]
    known = [False, False, *is_known, False, False]
    line = _line_features(words, before)
    last_words = before[-1].lower() if before else ""
    cue, distance = "", 0
    rows = []
    for at in range(2, len(words) + 2):
        shape = shapes[at]
        row = _window(low, shapes, known, at)
        row += _inside(low[at])
        row += line
        row += [f"{feature}^{shape}" for feature in line]
        row += (
            f"hw={last_words}|{shape}",
            f"cue={cue}{min(distance, _CUE_REACH)}",
            f"cue0={cue}",
            f"cues={cue}{shape}",
        )
        rows.append(row)
        cue, distance = (low[at], 0) if low[at] in _CUES else ("" if low[at] in {".", ";"} else cue, distance + 1)
    return rows


def _line_features(words: Sequence[str], before: Sequence[str]) -> list[str]:
    count = len(words)
    heading = "none" if not before else "long" if len(before) > _HEADING_WORDS_MAX else " ".join(before).lower()
    capitals = sum(word[:1].isupper() for word in words) * 4 // count
    size = count if count < 4 else min(count // 6, 4) + 4  # 1, 2, 3, then steps of six words
    return [f"h={heading}", f"n={size}", f"cap={capitals}", f"first={words[0].lower()}"]


def _window(low: list[str], shapes: list[str], known: list[bool], at: int) -> list[str]:
    two, one, word, plus, more = low[at - 2 : at + 3]
    left, here, right = shapes[at - 1 : at + 2]
    seen = f"{known[at - 1]:d}{known[at]:d}{known[at + 1]:d}"
    return [
        "b",
        f"w={word}",
        f"a={one}",
        f"z={plus}",
        f"aa={two}",
        f"zz={more}",
        f"aw={one}|{word}",
        f"wz={word}|{plus}",
        f"aaa={two}|{one}",
        f"zzz={plus}|{more}",
        f"s={here}",
        f"sa={left}",
        f"sz={right}",
        f"sas={left}|{here}|{right}",
        f"as={one}|{here}",
        f"sw={here}|{plus}",
        f"ea={one[-3:]}",
        f"ez={plus[-3:]}",
        f"eaw={one[-2:]}|{word[-3:]}",
        f"ewz={word[-3:]}|{plus[-2:]}",
        f"v={seen}",
        f"vs={seen}|{here}",
        f"va={seen}|{one}",
    ]


def _inside(word: str) -> list[str]:
    row = [f"p={word[:size]}" for size in (2, 3, 4) if len(word) > size]
    row += [f"e={word[-size:]}" for size in (2, 3, 4) if len(word) > size]
    row += [f"part={part}" for part in word.replace("/", "-").split("-") if part and part != word]
    if word.endswith("s") and len(word) > 3:
        row.append(f"w={word[:-1]}")
    return row
