"""The text of items as HTML: a small subset of Markdown, and nothing of it can become a script.

Paragraphs, ``- `` lists, tables of ``|`` lines, fenced code, `` `code` ``, ``$`TeX`$``, ``**strong**`` and
``*emphasis*``.
"""

import re
from html import escape
from itertools import groupby

from assay.itembank.formulas import to_mathml

_FENCE = re.compile(r"^```[\w+-]*\n(.*?)^```[ \t]*$", re.MULTILINE | re.DOTALL)
_CODE = re.compile(r"(\$`[^`\n]+`\$|`[^`\n]+`)")
_STRONG = re.compile(r"\*\*([^*\n]+)\*\*")
_EMPHASIS = re.compile(r"(?<![\w*])\*([^*\s](?:[^*\n]*[^*\s])?)\*(?![\w*])")
_RULE = re.compile(r"\|?[\s:|-]+\|?")


def to_html(text: str) -> str:
    """Yield safe HTML: whatever is not of the subset shows as it stands."""
    parts = _FENCE.split(text)
    return "".join(_code_block(part) if index % 2 else _blocks(part) for index, part in enumerate(parts))


def _code_block(code: str) -> str:
    return f'<pre tabindex="0"><code>{escape(code.rstrip())}</code></pre>'


def _blocks(text: str) -> str:
    return "".join(_block(block.strip("\n")) for block in re.split(r"\n\s*\n", text) if block.strip())


def _block(block: str) -> str:
    found = []
    for kind, lines in groupby(block.split("\n"), key=_kind_of):
        rows = list(lines)
        if kind == "list":
            found.append("<ul>" + "".join(f"<li>{_inline(line[2:])}</li>" for line in rows) + "</ul>")
        elif kind == "table":
            found.append(_table(rows))
        else:
            found.append(f"<p>{'<br>'.join(_inline(line.strip()) for line in rows)}</p>")
    return "".join(found)


def _kind_of(line: str) -> str:
    if line.startswith("- "):
        return "list"
    return "table" if line.startswith("|") else "text"


def _table(lines: list[str]) -> str:
    rows = [[_inline(cell.strip()) for cell in line.strip().strip("|").split("|")] for line in lines]
    has_head = len(lines) > 1 and "-" in lines[1] and _RULE.fullmatch(lines[1]) is not None
    head = "<thead><tr>" + "".join(f"<th>{cell}</th>" for cell in rows[0]) + "</tr></thead>" if has_head else ""
    body = "".join(
        "<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows[2 if has_head else 0 :]
    )
    return f"<table>{head}<tbody>{body}</tbody></table>"


def _inline(text: str) -> str:
    return "".join(
        _code_or_formula(part) if index % 2 else _words(part) for index, part in enumerate(_CODE.split(text))
    )


def _code_or_formula(part: str) -> str:
    return to_mathml(part[2:-2]) if part.startswith("$") else f"<code>{escape(part[1:-1])}</code>"


def _words(text: str) -> str:
    return _EMPHASIS.sub(r"<em>\1</em>", _STRONG.sub(r"<strong>\1</strong>", escape(text)))
