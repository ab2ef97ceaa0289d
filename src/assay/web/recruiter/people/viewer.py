"""A person's documents: the page picture or the text, with the words behind a field marked."""

from hashlib import blake2b
from typing import Any, NamedTuple

from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils.encoding import iri_to_uri

from assay.core.errors import ForbiddenError, NotFoundError
from assay.evidence.choices import DocumentState
from assay.evidence.models import Document
from assay.evidence.pictures import only_words
from assay.evidence.redaction import redacted_boxes
from assay.evidence.selectors import document_visible_to, documents_of
from assay.people.models import Person
from assay.people.selectors import person_visible_to
from assay.reading.errors import UnreadableError
from assay.reading.limits import render_page
from assay.web.access import MemberRequest, member_page
from assay.web.blind import is_blind
from assay.web.recruiter.people.present import Hider, ReadDocument, findings_of, highlight_boxes, read_document_of

WIDTH_PX = 1240
"""About 150 dots an inch on A4: sharp on dense screens, 100 to 300 kB."""


class Asked(NamedTuple):
    """Which part of which document is to be shown."""

    document: str
    start: int | None
    end: int | None
    page: int | None


def viewer_context(request: MemberRequest, person: Person) -> dict[str, Any]:
    """Yield one document of a person, open at the asked span or page; by default the first page of the profile's."""
    documents = list(documents_of(person=person))
    asked = _asked(request)
    wanted = asked.document or (person.profile or {}).get("document", "")
    chosen = next((row for row in documents if row.ref == wanted), documents[0] if documents else None)
    context: dict[str, Any] = {
        "person": person,
        "documents": [(row, _title(row, i, request)) for i, row in enumerate(reversed(documents), start=1)][::-1],
        "blind": is_blind(request),
        "chosen": chosen,
    }
    if chosen is None or chosen.state != DocumentState.READ:
        return context
    read = read_document_of(Document.objects.get(pk=chosen.pk), names=[person.name])
    hider = Hider(person=person, documents={chosen.ref: read}, is_blind=is_blind(request))
    notices = [hider.value(notice.message) for notice in read.document.notices]
    return (
        context | _opened(read, asked, request) | {"findings": findings_of(read=read, hider=hider), "notices": notices}
    )


@member_page()
def show(request: MemberRequest, ref: str) -> HttpResponse:
    """Show the viewer alone, for the page to put in."""
    person = person_visible_to(member=request.member, ref=ref)
    template = "people/_viewer.html" if request.htmx else "people/document.html"  # type: ignore[attr-defined]
    return render(request, template, viewer_context(request, person))


@member_page()
def page_image(request: MemberRequest, ref: str, document: str, number: int) -> HttpResponse:
    """Show one page as a picture; in blind mode only words that may be seen."""
    row = document_visible_to(member=request.member, person_ref=ref, ref=document)
    blind = is_blind(request)
    names = row.person.name if row.person else ""
    tag = blake2b(f"{row.blob_id} {row.reader_version} {number} {blind} {names}".encode(), digest_size=12).hexdigest()
    etag = f'"{tag}"'
    if request.headers.get("If-None-Match") == etag:
        return HttpResponseNotModified(headers={"ETag": etag, "Cache-Control": "private, no-cache"})
    picture = _picture(row, number - 1, is_blind=blind)
    return HttpResponse(picture, content_type="image/png", headers={"ETag": etag, "Cache-Control": "private, no-cache"})


@member_page()
def original(request: MemberRequest, ref: str, document: str) -> HttpResponse:
    """Hand out the file as it came; never opened by the browser itself."""
    from assay.web.recruiter.people.views import record_look  # noqa: PLC0415 -- the pages include this one

    if is_blind(request):
        raise ForbiddenError("The file shows who it is. Leave blind mode to open it.")
    row = document_visible_to(member=request.member, person_ref=ref, ref=document)
    assert row.person is not None  # noqa: S101 -- it was found through the person
    record_look(request, row.person, kind="document.downloaded", document=row.ref)
    response = HttpResponse(bytes(row.blob.data), content_type="application/octet-stream")
    name = "".join(char for char in row.file_name if char not in '"\\' and char.isprintable())
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{iri_to_uri(name)}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _picture(row: Document, index: int, *, is_blind: bool) -> bytes:
    read = read_document_of(row, names=[row.person.name] if row.person else [])
    hide = redacted_boxes(document=read.document, redactions=read.redactions) if is_blind else []
    try:
        png = render_page(data=bytes(row.blob.data), page_index=index, width_px=WIDTH_PX, redact=hide)
    except UnreadableError as error:
        raise NotFoundError(error.message) from error
    if png is None:
        raise NotFoundError("This document has no pages; its text is shown instead.")
    if not is_blind:
        return png
    keep = [
        word.box
        for word in read.document.words
        if not any(word.start < hidden.end and hidden.start < word.end for hidden in read.redactions)
    ]
    return only_words(png=png, page=index, keep=keep, hide=hide)


def _opened(read: ReadDocument, asked: Asked, request: MemberRequest) -> dict[str, Any]:
    text = read.hidden_text if is_blind(request) else read.document.text
    start, end = (asked.start, asked.end) if asked.document in {"", read.row.ref} else (None, None)
    has_span = start is not None and end is not None and 0 <= start < end <= len(text)
    if not read.document.pages or not read.document.words:
        middle = (start, end) if has_span else (0, 0)
        parts = (text[: middle[0]], text[middle[0] : middle[1]], text[middle[1] :])
        return {"parts": parts, "has_span": has_span, "page_count": 0}
    boxes = highlight_boxes(document=read.document, start=start or 0, end=end or 0) if has_span else []
    pages = len(read.document.pages)
    page = asked.page if asked.page is not None else (boxes[0].page if boxes else 0)
    page = min(max(page, 0), pages - 1)
    size = read.document.pages[page]
    return {
        "has_span": has_span,
        "quote": text[start:end] if has_span else "",
        "page_count": pages,
        "page_range": range(1, pages + 1),
        "page_number": page + 1,
        "page_width": 1000,
        "page_height": round(1000 * size.height_pt / max(size.width_pt, 1.0)),
        "boxes": [_svg(box, size.height_pt / max(size.width_pt, 1.0)) for box in boxes if box.page == page],
        "text": text,
    }


def _svg(box: Any, ratio: float) -> dict[str, str]:
    """Yield a rectangle in the units of the picture's overlay: 1000 wide, as high as the page is."""
    height = 1000 * ratio
    return {
        "x": f"{1000 * box.x0 - 3:.1f}",
        "y": f"{height * box.y0 - 2:.1f}",
        "width": f"{1000 * (box.x1 - box.x0) + 6:.1f}",
        "height": f"{height * (box.y1 - box.y0) + 4:.1f}",
    }


def _title(row: Document, number: int, request: MemberRequest) -> str:
    return f"Document {number}" if is_blind(request) else row.file_name


def _asked(request: MemberRequest) -> Asked:
    given = request.GET
    page = _number(given.get("page", ""))
    return Asked(
        given.get("doc", ""),
        _number(given.get("from", "")),
        _number(given.get("to", "")),
        page - 1 if page is not None else None,
    )


def _number(text: str) -> int | None:
    return int(text) if text.isdecimal() and len(text) < 10 else None
