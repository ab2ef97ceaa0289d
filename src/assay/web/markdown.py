"""Markdown of authors as HTML. Raw HTML in it is shown as text: a task may come from anybody."""

from django.utils.safestring import SafeString
from markdown_it import MarkdownIt

_renderer = MarkdownIt("commonmark", {"html": False}).enable("table")


def html_of(text: str) -> SafeString:
    """Yield safe HTML."""
    shown = _renderer.render(text).replace("<pre>", '<pre tabindex="0">')  # what scrolls can be reached by keyboard
    return SafeString(shown)  # the renderer escapes HTML and refuses script addresses
