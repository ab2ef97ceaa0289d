"""HTML: the text that a browser would show, block by block; scripts never run, styles are only read."""

import re
from html.parser import HTMLParser
from typing import NamedTuple, Never

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.builder import DocumentBuilder, Paragraph, Run
from assay.reading.formats.css import Style, Stylesheet, child_style, reason_to_hide
from assay.reading.formats.plain_text import Decoded, decode_text
from assay.reading.model import Document, HiddenReason

MAX_TAGS = 200_000
MAX_DEPTH = 500
"""Elements nested deeper than this inherit from the deepest one that is tracked."""
_META = re.compile(rb"<meta[^>]{0,200}charset=[\"']?\s*([A-Za-z0-9_.:-]{2,40})", re.IGNORECASE)


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_VOID = _names("area base br col embed hr img input link meta param source track wbr")
_SILENT = _names("script style template noscript head title svg math iframe object canvas audio video select")
_BLOCKS = _names(
    "address article aside blockquote body center dd details dialog div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hgroup hr html legend li main nav ol p pre section summary table tbody tfoot thead tr ul"
)
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_CELLS = frozenset(("td", "th"))
_BOLD = frozenset(("b", "strong", "th", *_HEADINGS))
_SPACE = re.compile(r"[ \t\r\n\f]+")


def read_html(*, data: bytes) -> Document:
    """Yield the visible text of a page; hidden words are listed.

    Raises
    ------
    UnreadableError
        Not text, too large, or more than `MAX_TAGS` tags.
    """
    decoded = _decode(data)
    sheet = _StyleCollector()
    sheet.feed_all(decoded.text)
    page = _PageReader(sheet=sheet.sheet)
    page.feed(decoded.text)
    page.close()
    return page.document(decoded)


def _decode(data: bytes) -> Decoded:
    match = _META.search(data[:4_096])
    if match is not None and not data.startswith((b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")):
        name = match.group(1).decode("ascii").lower()
        if name not in {"utf-8", "utf8", "utf-16"}:
            try:
                return decode_text(data=data.decode(name).encode("utf-8"))
            except (LookupError, UnicodeDecodeError):
                pass  # a charset that is wrong or unknown: the bytes themselves decide below
    return decode_text(data=data)


def _refuse_tags() -> Never:
    message = f"The page has more than {MAX_TAGS:,} tags, far more than a document; save it as PDF and send that."
    raise UnreadableError(code=UnreadableCode.BOMB, message=message)


class _StyleCollector:
    """First pass: the text of the ``<style>`` elements, which may stand anywhere."""

    _STYLE = re.compile(r"<style\b[^>]{0,500}>(.*?)(?:</style\s*>|\Z)", re.DOTALL | re.IGNORECASE)

    def __init__(self) -> None:
        self.sheet = Stylesheet()

    def feed_all(self, text: str) -> None:
        for match in self._STYLE.finditer(text):
            self.sheet.add(match.group(1).replace("<!--", "").replace("-->", ""))


class _Element(NamedTuple):
    tag: str
    style: Style
    is_silent: bool
    uri: str


class _PageReader(HTMLParser):
    """Second pass: walks the tags with an explicit stack and collects runs into paragraphs."""

    def __init__(self, *, sheet: Stylesheet) -> None:
        super().__init__(convert_charrefs=True)
        self._sheet = sheet
        self._stack = [_Element("", Style(), is_silent=False, uri="")]
        self._builder = DocumentBuilder()
        self._runs: list[Run] = []
        self._is_heading = False
        self._tags = 0

    def document(self, decoded: Decoded) -> Document:
        self._end_line()
        return self._builder.build(media_type="text/html", notices=decoded.notices)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._tags += 1
        if self._tags > MAX_TAGS:
            _refuse_tags()
        if tag == "br":
            self._runs.append(Run("\n"))
        elif tag in _BLOCKS:
            self._end_line()
        elif tag in _CELLS and any(run.text.strip() for run in self._runs):
            self._runs.append(Run("\t"))
        if tag in _VOID:
            return
        attributes = {name: value or "" for name, value in attrs}
        if tag == "li":
            self._runs.append(Run("• "))
        self._is_heading = self._is_heading or tag in _HEADINGS
        if len(self._stack) < MAX_DEPTH:
            self._stack.append(self._element(tag, attributes))

    def handle_endtag(self, tag: str) -> None:
        if tag in _BLOCKS:
            self._end_line()
        for depth in range(len(self._stack) - 1, max(0, len(self._stack) - 50), -1):
            if self._stack[depth].tag == tag:
                del self._stack[depth:]
                return

    def handle_data(self, data: str) -> None:
        element = self._stack[-1]
        if element.is_silent:
            return
        is_verbatim = any(e.tag == "pre" for e in self._stack[-8:])
        text = data if is_verbatim else _SPACE.sub(" ", data)
        if text == " " and (not self._runs or self._runs[-1].text.endswith((" ", "\n", "\t"))):
            return
        style = element.style
        hidden = reason_to_hide(style=style)
        self._runs.append(Run(text, element.uri, style.is_bold, style.size_pt, hidden))

    def handle_comment(self, data: str) -> None:
        # Comments of editors ("[if mso]", "StartFragment") are machinery; sentences are not.
        if not data.lstrip().startswith("[") and len(data.split()) > 4:
            self._builder.add_hidden(text=data, reason=HiddenReason.INVISIBLE)

    def _element(self, tag: str, attributes: dict[str, str]) -> _Element:
        parent = self._stack[-1]
        declared = self._sheet.declared(tag=tag, attributes=attributes)
        if "hidden" in attributes and declared.get("display", "none") == "none":
            declared["display"] = "none"
        if tag == "font" and "color" in attributes:
            declared.setdefault("color", attributes["color"].lower())
        if "bgcolor" in attributes:
            declared.setdefault("background-color", attributes["bgcolor"].lower())
        style = child_style(parent=parent.style, declared=declared)
        if tag in _BOLD and "font-weight" not in declared:
            style = style._replace(is_bold=True)
        uri = attributes.get("href", "").strip() if tag == "a" else parent.uri
        return _Element(tag, style, parent.is_silent or tag in _SILENT, _safe_uri(uri))

    def _end_line(self) -> None:
        runs = tuple(self._runs)
        self._runs = []
        is_heading, self._is_heading = self._is_heading, False
        if any(run.text.strip() and run.text != "• " for run in runs):
            self._builder.add(Paragraph(runs, is_heading=is_heading))


def _safe_uri(uri: str) -> str:
    """Yield the link where it leads somewhere a person may follow; scripts and inline data lead nowhere."""
    return uri if uri.lower().startswith(("http://", "https://", "mailto:", "tel:")) else ""
