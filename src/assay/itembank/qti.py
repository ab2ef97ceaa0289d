"""Questions as items of QTI 3.0: choices, numbers and orders; the rest is refused in words.

Source: 1EdTech, Question and Test Interoperability 3.0, information model of assessment items.
"""

from xml.etree.ElementTree import Element, SubElement, tostring

from defusedxml.ElementTree import fromstring

from assay.itembank.errors import ItemError
from assay.itembank.model import ChoiceKey, Kind, NumberKey, OrderKey, Variant
from assay.itembank.render import to_html

NAMESPACE = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"
MATCH_CORRECT = "https://purl.imsglobal.org/spec/qti/v3p0/rptemplates/match_correct.xml"


class QtiError(ItemError):
    """QTI cannot hold this question, or the bank cannot hold this item; the message says why."""


def to_qti(*, variant: Variant, title: str) -> str:
    """Yield a variant as the text of one ``qti-assessment-item``. Raises `QtiError`.

    A number keeps one tolerance, the larger of its two: marking is the same.
    """
    if not isinstance(variant.key, ChoiceKey | NumberKey | OrderKey):
        message = f"QTI holds choices, numbers and orders; {variant.id} is answered in another way"
        raise QtiError(message)
    root = Element(
        "qti-assessment-item",
        {
            "xmlns": NAMESPACE,
            "identifier": variant.id.replace("/", ".").replace("#", "."),
            "title": title,
            "adaptive": "false",
            "time-dependent": "false",
            "xml:lang": "en",
        },
    )
    _declare(root, variant.key)
    body = SubElement(root, "qti-item-body")
    body.extend(_elements(variant.stem))
    _interact(body, variant)
    _process(root, variant.key)
    attributes = {"outcome-identifier": "FEEDBACK", "identifier": "explanation", "show-hide": "show"}
    feedback = SubElement(root, "qti-modal-feedback", attributes)
    SubElement(feedback, "qti-content-body").extend(_elements(variant.explanation))
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + tostring(root, encoding="unicode") + "\n"


def _declare(root: Element, key: ChoiceKey | NumberKey | OrderKey) -> None:
    if isinstance(key, NumberKey):
        base, cardinality, values = "float", "single", [repr(key.value)]
    else:
        many = "ordered" if isinstance(key, OrderKey) else "multiple"
        base, values = "identifier", list(key.ids)
        cardinality = "single" if isinstance(key, ChoiceKey) and len(values) == 1 else many
    declared = SubElement(
        root,
        "qti-response-declaration",
        {"identifier": "RESPONSE", "cardinality": cardinality, "base-type": base},
    )
    correct = SubElement(declared, "qti-correct-response")
    for value in values:
        SubElement(correct, "qti-value").text = value
    for name, kind in (("SCORE", "float"), ("FEEDBACK", "identifier")):
        SubElement(root, "qti-outcome-declaration", {"identifier": name, "cardinality": "single", "base-type": kind})


def _interact(body: Element, variant: Variant) -> None:
    if isinstance(variant.key, NumberKey):
        line = SubElement(body, "p")
        typed = SubElement(
            line, "qti-text-entry-interaction", {"response-identifier": "RESPONSE", "expected-length": "12"}
        )
        typed.tail = f" {variant.unit}" if variant.unit else None
        return
    name, most = ("order", "") if isinstance(variant.key, OrderKey) else ("choice", "1")
    attributes = {"response-identifier": "RESPONSE"}
    if most:
        attributes["max-choices"] = "0" if variant.kind == Kind.MULTIPLE else most
    interaction = SubElement(body, f"qti-{name}-interaction", attributes)
    for option in variant.options:
        choice = SubElement(interaction, "qti-simple-choice", {"identifier": option.id})
        choice.extend(_elements(option.text))
        if option.misconception:
            shown = {"outcome-identifier": "FEEDBACK", "identifier": option.id, "show-hide": "show"}
            SubElement(choice, "qti-feedback-inline", shown).text = option.misconception


def _process(root: Element, key: ChoiceKey | NumberKey | OrderKey) -> None:
    if not isinstance(key, NumberKey):
        SubElement(root, "qti-response-processing", {"template": MATCH_CORRECT})
        return
    condition = SubElement(SubElement(root, "qti-response-processing"), "qti-response-condition")
    when = SubElement(condition, "qti-response-if")
    tolerance = repr(max(key.tolerance_abs, key.tolerance_rel * abs(key.value)))
    equal = SubElement(when, "qti-equal", {"tolerance-mode": "absolute", "tolerance": f"{tolerance} {tolerance}"})
    SubElement(equal, "qti-variable", {"identifier": "RESPONSE"})
    SubElement(equal, "qti-correct", {"identifier": "RESPONSE"})
    score = SubElement(when, "qti-set-outcome-value", {"identifier": "SCORE"})
    SubElement(score, "qti-base-value", {"base-type": "float"}).text = "1"


def _elements(text: str) -> list[Element]:
    """Yield our text as elements: its HTML is well formed but for line breaks."""
    html = to_html(text).replace("<br>", "<br/>").replace(' tabindex="0"', "")
    return list(fromstring(f"<div>{html}</div>"))
