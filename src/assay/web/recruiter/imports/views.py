"""Dropping files, watching them being read, and the channels that people come through."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db import OperationalError
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from assay.accounts.rules import may_recruit
from assay.core.clock import now
from assay.core.errors import ConflictError, InvalidError
from assay.roles.choices import RoleState
from assay.roles.selectors import roles_visible_to
from assay.sourcing.choices import ChannelKind, ImportState, ItemState
from assay.sourcing.models import Import, ImportItem
from assay.sourcing.selectors import (
    channel_of,
    channels_of,
    import_visible_to,
    imports_visible_to,
    is_running,
    items_of,
    progress_of,
    with_counts,
)
from assay.sourcing.services import (
    ACCEPTED,
    MAX_ARCHIVE_BYTES,
    add_file,
    cancel_import,
    close_import,
    create_import,
    retry_import,
    save_channel,
)
from assay.web.access import MemberRequest, member_page
from assay.web.blind import is_blind

RECENT = 20
SHOWN_FILES = 100
SHOWN_PROBLEMS = 1000
"""Each file that could not be read is to be named; no hand goes through more than this."""
POLL_S = 2
ENDINGS = ",".join(f".{ending}" for ending in sorted(ACCEPTED))


class NotKeptError(ConflictError):
    """The database could not keep a file: a full disk, a lost connection."""


@member_page(may=may_recruit)
def import_list(request: MemberRequest) -> HttpResponse:
    """Offer to drop files, and show the imports so far; a plain form sends all files in one request."""
    if request.method == "POST":
        return _received(request)
    return render(request, "imports/list.html", _list_context(request))


@require_GET
@member_page(may=may_recruit)
def batch(request: MemberRequest, ref: str) -> HttpResponse:
    """Show how far an import is."""
    return render(request, "imports/batch.html", _batch_context(request, ref))


@require_GET
@member_page(may=may_recruit)
def progress(request: MemberRequest, ref: str) -> HttpResponse:
    """Show the part of the page that changes; asked for again as long as something runs."""
    return render(request, "imports/_progress.html", _batch_context(request, ref))


@require_POST
@member_page(may=may_recruit)
def add_files(request: MemberRequest, ref: str) -> HttpResponse:
    """Take more files of an import; answers the script with what became of each, a plain form with the page."""
    found = import_visible_to(member=request.member, ref=ref)
    items = _add(found, request.FILES.getlist("files"))
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"files": [{"name": item.file_name, "problem": item.problem} for item in items]})
    return redirect("imports:batch", request.member.organisation.slug, ref)


@require_POST
@member_page(may=may_recruit)
def close(request: MemberRequest, ref: str) -> HttpResponse:
    """All files are here."""
    close_import(batch=import_visible_to(member=request.member, ref=ref), member=request.member, now=now())
    return redirect("imports:batch", request.member.organisation.slug, ref)


@require_POST
@member_page(may=may_recruit)
def cancel(request: MemberRequest, ref: str) -> HttpResponse:
    """Stop reading."""
    cancel_import(batch=import_visible_to(member=request.member, ref=ref), member=request.member, now=now())
    messages.info(request, "Cancelled. What was read already stays.")
    return redirect("imports:batch", request.member.organisation.slug, ref)


@require_POST
@member_page(may=may_recruit)
def retry(request: MemberRequest, ref: str) -> HttpResponse:
    """Read again what could not be read."""
    count = retry_import(batch=import_visible_to(member=request.member, ref=ref), member=request.member, now=now())
    words = f"Reading {count} file{'' if count == 1 else 's'} again." if count else "There is nothing to read again."
    messages.info(request, words)
    return redirect("imports:batch", request.member.organisation.slug, ref)


@require_POST
@member_page(may=may_recruit)
def channels(request: MemberRequest) -> HttpResponse:
    """Add a channel."""
    save_channel(
        organisation=request.member.organisation,
        name=request.POST.get("name", ""),
        kind=request.POST.get("kind", ""),
        member=request.member,
        now=now(),
    )
    return _back(request, "Channel added.")


@require_POST
@member_page(may=may_recruit)
def channel(request: MemberRequest, ref: str) -> HttpResponse:
    """Rename a channel."""
    found = channel_of(member=request.member, ref=ref)
    save_channel(
        organisation=request.member.organisation,
        name=request.POST.get("name", ""),
        kind=request.POST.get("kind", found.kind),
        member=request.member,
        now=now(),
        channel=found,
    )
    return _back(request, "Channel saved.")


def _received(request: MemberRequest) -> HttpResponse:
    files = request.FILES.getlist("files")
    is_script = request.headers.get("Accept") == "application/json"
    if not files and not is_script:
        raise InvalidError("Choose at least one file. Nothing was imported.")
    role_ref, channel_ref = request.POST.get("role", ""), request.POST.get("channel", "")
    roles = roles_visible_to(member=request.member).exclude(state=RoleState.CLOSED)
    made = create_import(
        organisation=request.member.organisation,
        member=request.member,
        role=roles.filter(ref=role_ref).first() if role_ref else None,
        channel=channel_of(member=request.member, ref=channel_ref) if channel_ref else None,
        now=now(),
    )
    org = request.member.organisation.slug
    if is_script:
        return JsonResponse(
            {name: reverse(f"imports:{name}", args=[org, made.ref]) for name in ("files", "close", "batch")}
        )
    _add(made, files)
    close_import(batch=made, member=request.member, now=now())
    return redirect("imports:batch", org, made.ref)


def _add(found: Import, files: "list[UploadedFile[bytes]]") -> list[ImportItem]:
    """Keep each file in a transaction of its own: what arrived before a failure stays."""
    items: list[ImportItem] = []
    for file in files:
        size = file.size or 0
        is_small = size <= max(settings.MAX_FILE_BYTES, MAX_ARCHIVE_BYTES)
        try:
            items.append(
                add_file(
                    batch=found,
                    file_name=file.name or "",
                    data=file.read() if is_small else None,
                    byte_size=size,
                    max_bytes=settings.MAX_FILE_BYTES,
                )
            )
        except OperationalError as error:
            message = (
                f"“{file.name}” could not be kept: the database refused it, perhaps for want of space. "
                f"The {len(items)} before it are kept. Send the rest again when there is room."
            )
            raise NotKeptError(message) from error
    return items


def _back(request: MemberRequest, message: str) -> HttpResponse:
    messages.success(request, message)
    return redirect(f"{reverse('imports:list', args=[request.member.organisation.slug])}#channels")


def _list_context(request: MemberRequest) -> dict[str, Any]:
    roles = roles_visible_to(member=request.member).exclude(state=RoleState.CLOSED)
    return {
        "imports": list(with_counts(imports_visible_to(member=request.member))[:RECENT]),
        "roles": list(roles.only("ref", "title")),
        "chosen_role": request.GET.get("role", ""),
        "channels": list(channels_of(member=request.member)),
        "kinds": ChannelKind.choices,
        "accept": ENDINGS,
        "max_mib": settings.MAX_FILE_BYTES // 2**20,
    }


def _batch_context(request: MemberRequest, ref: str) -> dict[str, Any]:
    found = import_visible_to(member=request.member, ref=ref)
    unreadable = list(items_of(batch=found, state=ItemState.UNREADABLE)[:SHOWN_PROBLEMS])
    return {
        "batch": found,
        "progress": progress_of(batch=found),
        "unreadable": unreadable,
        "can_retry": any(item.blob_id for item in unreadable) or found.state == ImportState.CANCELLED,
        "read_items": list(items_of(batch=found, state=ItemState.READ).order_by("-pk")[:SHOWN_FILES]),
        "known": list(items_of(batch=found, state=ItemState.KNOWN)[:SHOWN_FILES]),
        "is_running": is_running(found),
        "is_receiving": found.state == ImportState.RECEIVING,
        "blind": is_blind(request),
        "poll_s": POLL_S,
        "accept": ENDINGS,
    }
