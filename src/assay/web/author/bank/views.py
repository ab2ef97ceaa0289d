"""The bank: browsing, adding a folder, proof, publishing."""

from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.competencies.selectors import catalogue_of
from assay.core.clock import now
from assay.core.errors import DomainError, ForbiddenError
from assay.grading.model import Task
from assay.items.choices import VersionState
from assay.items.folders import task_of
from assay.items.models import TaskVersion
from assay.items.rules import may_author, may_browse
from assay.items.selectors import version_visible_to, versions_usable_by, versions_visible_to
from assay.items.services import add_version, prove_again, publish_version, retire_version
from assay.sandbox.selectors import runtimes_alive
from assay.web.access import MemberRequest, member_page
from assay.web.markdown import html_of
from assay.web.middleware import STATUS_OF
from assay.web.uploads import files_of_upload


class FolderForm(forms.Form):
    """A task folder as an archive, and the name that it has in the bank."""

    slug = forms.SlugField(max_length=80, label="Short name", help_text="Letters, digits and hyphens: churn-forecast.")
    archive = forms.FileField(label="The folder as a ZIP archive", help_text="With task.yaml at its top.")


@require_GET
@member_page(may=may_browse)
def bank(request: MemberRequest) -> HttpResponse:
    """Show the tasks that can be given, and those of the organisation that are on their way."""
    organisation = request.member.organisation
    names = {one.id: one.name for one in catalogue_of(organisation=organisation).competencies}
    wanted = request.GET.get("competency", "")
    usable = list(versions_usable_by(organisation=organisation).filter(is_practice=False))
    able = runtimes_alive(now=now())
    rows = [_row(one, names, able) for one in usable if not wanted or wanted in one.loadings]
    own = versions_visible_to(member=request.member).filter(task__organisation=organisation)
    context = {
        "rows": rows,
        "total": len(usable),
        "minutes": sum(row["version"].minutes for row in rows),
        "competencies": sorted(
            {(name, names.get(name, name)) for one in usable for name in one.loadings}, key=_by_name
        ),
        "wanted": wanted,
        "own": own.exclude(state=VersionState.PUBLISHED)[:50],
        "may_author": may_author(request.member),
    }
    return render(request, "bank/list.html", context)


@member_page(may=may_author)
def add(request: MemberRequest) -> HttpResponse:
    """Take a task folder; what is wrong in it is named with file and line."""
    form = FolderForm(request.POST or None, request.FILES or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                made = add_version(
                    organisation=request.member.organisation, slug=form.cleaned_data["slug"],
                    files=files_of_upload([form.cleaned_data["archive"]]), member=request.member, now=now(),
                )  # fmt: skip
            except DomainError as error:
                form.add_error("archive", error.message)
                status = STATUS_OF[error.kind]
            else:
                return redirect("bank:version", request.member.organisation.slug, made.ref)
    return render(request, "bank/add.html", {"form": form}, status=status)


@require_GET
@member_page(may=may_browse)
def version_page(request: MemberRequest, version: str) -> HttpResponse:
    """Show a version whole: statement, proof, solutions, and what can be done with it."""
    found = version_visible_to(member=request.member, ref=version)
    names = {one.id: one.name for one in catalogue_of(organisation=request.member.organisation).competencies}
    task = task_of(found)
    context: dict[str, Any] = {
        "version": found,
        "task": task,
        "statement": html_of(task.statement),
        "shows": [
            (names.get(name, name), load) for name, load in sorted(found.loadings.items(), key=lambda one: -one[1])
        ],
        "is_met": sum(one["is_met"] for one in found.proof),
        "reference": _texts(task),
        "versions": versions_visible_to(member=request.member).filter(task=found.task),
        "is_own": found.task.organisation_id is not None,
        "may_author": may_author(request.member),
        "is_able": found.runtime in runtimes_alive(now=now()),
    }
    return render(request, "bank/version.html", context)


@require_POST
@member_page(may=may_author)
def publish(request: MemberRequest, version: str) -> HttpResponse:
    """Let a proved version be given."""
    publish_version(version=_own(request, version), member=request.member, now=now())
    return redirect("bank:version", request.member.organisation.slug, version)


@require_POST
@member_page(may=may_author)
def retire(request: MemberRequest, version: str) -> HttpResponse:
    """Give a version to nobody any more."""
    retire_version(version=_own(request, version), member=request.member, now=now())
    return redirect("bank:version", request.member.organisation.slug, version)


@require_POST
@member_page(may=may_author)
def prove(request: MemberRequest, version: str) -> HttpResponse:
    """Have a faulty version proved anew."""
    prove_again(version=_own(request, version), member=request.member, now=now())
    return redirect("bank:version", request.member.organisation.slug, version)


def _own(request: MemberRequest, ref: str) -> TaskVersion:
    """Yield a version of the organisation's own; what ships is changed by nobody here."""
    found = version_visible_to(member=request.member, ref=ref)
    if found.task.organisation_id is None:
        message = "This task ships with Assay and serves every organisation here, so it cannot be changed."
        raise ForbiddenError(message)
    return found


def _row(version: TaskVersion, names: dict[str, str], able: frozenset[str]) -> dict[str, Any]:
    shown = sorted(version.loadings, key=lambda name: -version.loadings[name])
    return {
        "version": version,
        "shows": [names.get(name, name) for name in shown],
        "is_able": version.runtime in able,
    }


def _texts(task: Task) -> list[tuple[str, str]]:
    return [(name, content.decode("utf-8", "replace")) for name, content in sorted(task.reference.items())]


def _by_name(pair: tuple[str, str]) -> str:
    return pair[1]
