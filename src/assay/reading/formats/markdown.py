"""Markdown: the marks are taken away, what they mean (headings, lists, links, tables) is kept."""

import re

from assay.reading.formats.builder import DocumentBuilder, Paragraph, Run
from assay.reading.formats.plain_text import decode_text
from assay.reading.model import Document, HiddenReason

_COMMENT = re.compile(r"<!--(.*?)(?:-->|\Z)", re.DOTALL)
_HEADING = re.compile(r" {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")
_UNDERLINE = re.compile(r" {0,3}(?:=+|-{2,})\s*$")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_BULLET = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)])\s+(?:\[[ xX]\]\s+)?(?=\S)")
_RULE = re.compile(r" {0,3}(?:(?:-\s*){3,}|(?:\*\s*){3,}|(?:_\s*){3,})$")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*$")
_DEFINITION = re.compile(r" {0,3}\[([^\]\n]{1,200})\]:\s*<?(\S+?)>?(?:\s+[\"'(].*)?$")
_LINK = re.compile(
    r"(?P<image>!)?\[(?P<label>[^\[\]\n]{0,500})\](?:\(\s*<?(?P<uri>[^()\s>]{0,2000}(?:\([^()\s]{0,200}\))?[^()\s>]{0,200})>?"
    r"(?:\s+[\"'][^\"'\n]*[\"'])?\s*\)|\[(?P<ref>[^\]\n]{0,200})\])"
    r"|<(?P<auto>(?:https?://|mailto:)[^\s<>]{1,2000}|[^\s<>@]{1,100}@[^\s<>@]{1,200})>"
)
_TAG = re.compile(r"</?[A-Za-z][^<>\n]{0,500}>")
_MARKS = re.compile(r"(\*{1,3}|(?<!\w)_{1,3}(?=\S)|(?<=\S)_{1,3}(?!\w)|~~|`+)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")


def read_markdown(*, data: bytes) -> Document:
    """Yield the text as a viewer shows it. Raises `UnreadableError` as plain text does."""
    decoded = decode_text(data=data)
    builder = DocumentBuilder()
    for comment in _COMMENT.finditer(decoded.text):
        builder.add_hidden(text=comment.group(1), reason=HiddenReason.INVISIBLE)
    lines = _COMMENT.sub("", decoded.text).split("\n")
    references = {m.group(1).lower(): m.group(2) for line in lines if (m := _DEFINITION.match(line))}
    _Reader(builder=builder, references=references).read(lines)
    return builder.build(media_type="text/markdown", notices=decoded.notices)


class _Reader:
    def __init__(self, *, builder: DocumentBuilder, references: dict[str, str]) -> None:
        self._builder = builder
        self._references = references

    def read(self, lines: list[str]) -> None:
        is_code = False
        for number, line in enumerate(lines):
            if _FENCE.match(line):
                is_code = not is_code
            elif is_code:
                self._builder.add(Paragraph((Run(line),)))
            elif not self._is_markup(lines, number):
                following = lines[number + 1] if number + 1 < len(lines) else ""
                self._builder.add(self._paragraph(line, is_heading=_is_underlined(line, following)))

    def _is_markup(self, lines: list[str], number: int) -> bool:
        line = lines[number]
        previous = lines[number - 1] if number else ""
        if _UNDERLINE.match(line) and _is_underlined(previous, line):
            return True
        is_table_rule = "|" in previous and _TABLE_RULE.match(line) is not None
        return is_table_rule or _RULE.match(line) is not None or _DEFINITION.match(line) is not None

    def _paragraph(self, line: str, *, is_heading: bool) -> Paragraph:
        line = re.sub(r"^\s*(?:>\s?)+", "", line)
        if heading := _HEADING.match(line):
            return Paragraph(self._runs(heading.group(2)), is_heading=True)
        if bullet := _BULLET.match(line):
            return Paragraph((Run("• "), *self._runs(line[bullet.end() :])))
        stripped = line.strip()
        if stripped.startswith("|") and stripped.endswith("|") and len(stripped) > 1:
            line = re.sub(r"\s*(?<!\\)\|\s*", "\t", stripped[1:-1])
        return Paragraph(self._runs(line), is_heading=is_heading)

    def _runs(self, line: str) -> tuple[Run, ...]:
        is_bold = bool(re.fullmatch(r"\s*(\*\*|__).+\1\s*", line))
        runs: list[Run] = []
        at = 0
        for match in _LINK.finditer(line):
            runs.append(Run(_plain(line[at : match.start()]), is_bold=is_bold))
            at = match.end()
            if auto := match.group("auto"):
                uri = auto if ":" in auto else f"mailto:{auto}"
                runs.append(Run(auto.removeprefix("mailto:"), uri=uri, is_bold=is_bold))
            elif not match.group("image"):
                reference = (match.group("ref") or match.group("label")).lower()
                uri = match.group("uri") or self._references.get(reference, "")
                runs.append(Run(_plain(match.group("label")), uri=uri, is_bold=is_bold))
        runs.append(Run(_plain(line[at:]), is_bold=is_bold))
        return tuple(runs)


def _is_underlined(line: str, following: str) -> bool:
    if not line.strip() or _BULLET.match(line) or _HEADING.match(line) or "|" in line:
        return False
    return _UNDERLINE.match(following) is not None


def _plain(text: str) -> str:
    # Escaped characters step aside into the private-use area, so that \* survives the removal of marks.
    text = _ESCAPE.sub(lambda m: chr(0x10F700 + ord(m.group(1))), text)
    text = _MARKS.sub("", _TAG.sub("", text))
    return "".join(chr(ord(c) - 0x10F700) if 0x10F721 <= ord(c) <= 0x10F77E else c for c in text)
