"""Formulas of items: TeX between ``$` `` and `` `$``, shown as MathML, which every browser sets without a script.

The converter lets raw markup and addresses through, so its output is held against a list; what is not on it shows as
the TeX that it was.
"""

from functools import lru_cache
from html import escape
from xml.etree.ElementTree import Element, ParseError, SubElement, tostring

from defusedxml.ElementTree import fromstring
from latex2mathml import exceptions
from latex2mathml.converter import convert

NAMESPACE = "{http://www.w3.org/1998/Math/MathML}"
ELEMENTS = frozenset(
    NAMESPACE + name
    for name in ("math", "mrow", "mi", "mn", "mo", "mtext", "mspace", "mfrac", "msqrt", "mroot", "msup", "msub",
                 "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd")
)  # fmt: skip
ATTRIBUTES = frozenset({"display", "stretchy", "fence", "form", "separator", "accent", "movablelimits", "largeop",
                        "mathvariant", "width", "lspace", "rspace", "minsize", "maxsize"})  # fmt: skip
LONGEST = 400
REFUSED: tuple[type[Exception], ...] = (
    *(one for one in vars(exceptions).values() if isinstance(one, type) and issubclass(one, Exception)),
    *(ParseError, ValueError, IndexError, KeyError),
)


@lru_cache(maxsize=1024)
def to_mathml(tex: str) -> str:
    """Yield MathML for a formula of TeX, or the TeX as code where it cannot be shown safely."""
    if len(tex) > LONGEST:
        return _as_code(tex)
    try:
        found = fromstring(convert(tex))
        is_safe = _is_safe(found)
    except REFUSED:
        return _as_code(tex)
    return _with_source(found, tex) if is_safe else _as_code(tex)


def _with_source(formula: Element, tex: str) -> str:
    """Keep the TeX as an annotation, which nobody is shown: from it a formula can be read back."""
    root = Element("math", {"xmlns": NAMESPACE[1:-1], "display": formula.get("display", "inline")})
    semantics = SubElement(root, "semantics")
    for one in formula.iter():
        one.tag = one.tag.removeprefix(NAMESPACE)
    semantics.extend(formula)
    SubElement(semantics, "annotation", {"encoding": "application/x-tex"}).text = tex
    return tostring(root, encoding="unicode", short_empty_elements=False)


def _is_safe(root: Element) -> bool:
    return all(one.tag in ELEMENTS and ATTRIBUTES.issuperset(one.attrib) for one in root.iter())


def _as_code(tex: str) -> str:
    return f"<code>{escape(tex)}</code>"
