"""XML parts of office files, parsed without entities, document types or anything from outside."""

from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from assay.reading.errors import UnreadableCode, UnreadableError

MAX_DEPTH = 200
"""Word nests a few dozen deep; the walkers recurse, so deeper files are refused before they do."""


def parse_part(*, data: bytes) -> Element:
    """Yield the root of an XML part.

    Raises
    ------
    UnreadableError
        The part is not well formed, declares a document type or entities, or nests deeper than `MAX_DEPTH`.
    """
    try:
        root: Element = fromstring(data, forbid_dtd=True, forbid_entities=True, forbid_external=True)
    except DefusedXmlException as error:
        message = "The file declares XML entities, which no office program writes; export it again or send a PDF."
        raise UnreadableError(code=UnreadableCode.BOMB, message=message) from error
    except (ParseError, ValueError, LookupError) as error:
        message = "The file is damaged and cannot be opened; save it again or send a PDF."
        raise UnreadableError(code=UnreadableCode.BROKEN, message=message) from error
    _refuse_deep(root)
    return root


def _refuse_deep(root: Element) -> None:
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > MAX_DEPTH:
            message = "The file is nested far deeper than a document; export it again or send a PDF."
            raise UnreadableError(code=UnreadableCode.BOMB, message=message)
        level = [child for element in level for child in element]
