"""Items of QTI 3.0 as questions: what the bank holds of them; anything else is refused, naming the part."""

import math
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from assay.itembank.model import ChoiceKey, Key, Kind, NumberKey, Option, OrderKey, Variant
from assay.itembank.qti import QtiError

MOST_CHARACTERS, MOST_DEPTH = 200_000, 60
_INTERACTIONS = ("qti-choice-interaction", "qti-order-interaction", "qti-text-entry-interaction")
_REFUSED = ("img", "object", "video", "audio", "picture", "svg", "qti-template-declaration")


def from_qti(*, text: str) -> Variant:
    """Yield the question of one ``qti-assessment-item``; its family is ``qti/<identifier>``, its seed 0.

    Raises
    ------
    QtiError
        Not well formed, with entities, nested too deeply, or with something that the bank does not hold: several
        questions in one item, images, templates, interactions other than choice, order and numbers.
    """
    root = _root_of(text)
    interactions = [one for one in root.iter() if _name(one) in _INTERACTIONS or _name(one).endswith("-interaction")]
    if len(interactions) != 1 or _name(interactions[0]) not in _INTERACTIONS:
        raise QtiError("An item with one question is wanted: a choice, an order or a number.")
    for element in root.iter():
        if _name(element) in _REFUSED:
            message = f"The item holds <{_name(element)}>, which the bank does not."
            raise QtiError(message)
    options = tuple(_option(one) for one in interactions[0] if _name(one) == "qti-simple-choice")
    key, body = _key(root, interactions[0]), _first(root, "qti-item-body")
    if isinstance(key, ChoiceKey | OrderKey) and not set(key.ids) <= {one.id for one in options}:
        raise QtiError("The correct response names an answer that is not there.")
    explanation = [one for one in root.iter() if _name(one) == "qti-modal-feedback"]
    return Variant(
        family=f"qti/{root.get('identifier', '')}",
        seed=0,
        kind=_kind(key, interactions[0]),
        stem=_markdown(body),
        options=options,
        key=key,
        explanation=_markdown(explanation[0]) if explanation else "",
        unit=(interactions[0].tail or "").strip(),
    )


def _root_of(text: str) -> Element:
    if len(text) > MOST_CHARACTERS:
        raise QtiError("The item is larger than any question.")
    try:
        root: Element = fromstring(text.encode(), forbid_dtd=True)
    except DefusedXmlException as error:
        raise QtiError("The item declares entities or a document type, which no item needs.") from error
    except (ParseError, ValueError) as error:
        message = f"The item is not well formed: {error}"
        raise QtiError(message) from error
    level, depth = [root], 0
    while level:  # before anything recurses
        level, depth = [child for element in level for child in element], depth + 1
        if depth > MOST_DEPTH:
            raise QtiError("The item is nested more deeply than any question.")
    if _name(root) != "qti-assessment-item":
        message = f"An item of QTI 3.0 begins with qti-assessment-item, not with {_name(root)}."
        raise QtiError(message)
    return root


def _name(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1]


def _first(root: Element, name: str) -> Element:
    for element in root.iter():
        if _name(element) == name:
            return element
    message = f"The item has no {name}."
    raise QtiError(message)


def _option(choice: Element) -> Option:
    mixed = [one for one in choice.iter() if _name(one) == "qti-feedback-inline"]
    return Option(
        id=choice.get("identifier", ""),
        text=_markdown(choice),
        misconception="".join(mixed[0].itertext()).strip() if mixed else "",
    )


def _kind(key: Key, interaction: Element) -> Kind:
    if isinstance(key, NumberKey):
        return Kind.NUMERIC
    if isinstance(key, OrderKey):
        return Kind.ORDER
    return Kind.SINGLE if interaction.get("max-choices", "1") == "1" else Kind.MULTIPLE


def _key(root: Element, interaction: Element) -> Key:
    correct = _first(root, "qti-correct-response")
    values = tuple((one.text or "").strip() for one in correct if _name(one) == "qti-value")
    if not values:
        raise QtiError("The item does not say what is right.")
    if _name(interaction) == "qti-choice-interaction":
        return ChoiceKey(ids=values)
    if _name(interaction) == "qti-order-interaction":
        return OrderKey(ids=values)
    tolerances = [one for one in root.iter() if _name(one) == "qti-equal"]
    mode = tolerances[0].get("tolerance-mode", "exact") if tolerances else "exact"
    wide = tolerances[0].get("tolerance", "0").split() if mode != "exact" else ["0"]
    value, tolerance = _float(values[0]), max(_float(one) for one in wide)
    if mode == "relative":  # in per cent of the value
        return NumberKey(value=value, tolerance_rel=tolerance / 100)
    return NumberKey(value=value, tolerance_abs=tolerance)


def _float(text: str) -> float:
    try:
        value = float(text)
    except ValueError as error:
        message = f"{text!r} is no number, and typed words are not held."
        raise QtiError(message) from error
    if not math.isfinite(value):
        raise QtiError("A key or tolerance is no finite number.")
    return value


def _markdown(element: Element) -> str:
    """Yield what an element shows in our subset of Markdown, without the answers and what is told afterwards."""
    return "\n\n".join(part for part in _blocks(element) if part)


def _blocks(element: Element) -> Iterator[str]:
    inline = element.text or ""
    for child in element:
        name = _name(child)
        if name in {"p", "div", "ul", "ol", "pre", "table", "qti-content-body", "qti-prompt", *_INTERACTIONS[:2]}:
            yield _tidy(inline)
            inline = ""
            yield from _block(child, name)
        else:
            inline += _inline(child)
        inline += child.tail or "" if name not in _INTERACTIONS else ""
    yield _tidy(inline)


def _block(element: Element, name: str) -> Iterator[str]:
    if name in {"ul", "ol"}:
        yield "\n".join(f"- {_tidy(_inside(one))}" for one in element)
    elif name == "pre":
        yield "```\n" + "".join(element.itertext()).strip("\n") + "\n```"
    elif name == "table":
        rows = [one for one in element.iter() if _name(one) == "tr"]
        lines = ["| " + " | ".join(_tidy(_inside(cell)) for cell in row) + " |" for row in rows]
        if rows and all(_name(cell) == "th" for cell in rows[0]):
            lines.insert(1, "|" + " - |" * len(rows[0]))
        yield "\n".join(lines)
    elif name == "p":
        yield _tidy(_inside(element))
    else:
        yield from _blocks(element)


def _inside(element: Element) -> str:
    return (element.text or "") + "".join(
        _inline(child) + (child.tail or "" if _name(child) not in _INTERACTIONS else "") for child in element
    )


def _inline(element: Element) -> str:
    name = _name(element)
    if name in {"qti-feedback-inline", "qti-simple-choice", *_INTERACTIONS}:
        return ""
    if name == "br":
        return "\u2028"
    if name == "math":
        return f"$`{_tex_of(element)}`$"
    mark = {"strong": "**", "b": "**", "em": "*", "i": "*", "code": "`"}.get(name, "")
    return mark + _inside(element) + mark


def _tex_of(formula: Element) -> str:
    """Yield the TeX that a formula was made from. Raises `QtiError` where it does not say."""
    tex = next((one.text for one in formula.iter() if one.get("encoding") == "application/x-tex"), None)
    if not tex or "`" in tex or "\n" in tex:
        raise QtiError("The item has a formula without its TeX (an annotation of application/x-tex).")
    return tex


def _tidy(text: str) -> str:
    return "\n".join(" ".join(line.split()) for line in text.split("\u2028")).strip()
