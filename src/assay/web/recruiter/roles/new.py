"""A new role: from an ad that is pasted or uploaded, or from a template."""

from django import forms
from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.accounts.rules import may_define_roles
from assay.competencies.selectors import catalogue_of
from assay.core import clock
from assay.core.errors import NotFoundError
from assay.roles.drafts import draft_from_file, draft_from_template, draft_from_text
from assay.roles.services import create_role
from assay.roles.templates import template_of, templates
from assay.web.access import MemberRequest, member_page

MAX_AD_CHARACTERS = 60_000


class AdForm(forms.Form):
    """An ad as text or as a file; one of the two."""

    text = forms.CharField(
        required=False,
        max_length=MAX_AD_CHARACTERS,
        label="The job ad",
        widget=forms.Textarea(attrs={"rows": 14, "placeholder": "Paste the whole ad, as it is published."}),
    )
    file = forms.FileField(
        required=False, label="Or upload it", help_text="PDF, DOCX, ODT, RTF, HTML, Markdown or text."
    )

    def clean(self) -> dict[str, object]:
        """Require one of the two, of a size that can be read."""
        cleaned: dict[str, object] = super().clean() or {}
        file = self.cleaned_data.get("file")
        if not file and not (cleaned.get("text") or "").strip():  # type: ignore[attr-defined]
            message = "Paste the ad or choose a file."
            raise forms.ValidationError(message)
        if file and file.size > settings.MAX_FILE_BYTES:
            message = f"{file.name} is larger than {settings.MAX_FILE_BYTES // 2**20} MiB."
            raise forms.ValidationError(message)
        return cleaned


@member_page(may=may_define_roles)
def new(request: MemberRequest) -> HttpResponse:
    """Offer the two ways, and make a role of an ad."""
    form = AdForm(request.POST or None, request.FILES or None, label_suffix="")
    if request.method == "POST" and form.is_valid():
        catalogue = catalogue_of(organisation=request.member.organisation)
        file = form.cleaned_data["file"]
        draft = (
            draft_from_file(data=file.read(), file_name=file.name, catalogue=catalogue)
            if file
            else draft_from_text(text=form.cleaned_data["text"], catalogue=catalogue)
        )
        role = create_role(member=request.member, draft=draft, now=clock.now())
        return redirect("roles:profile", request.member.organisation.slug, role.ref)
    return render(request, "roles/new.html", {"form": form, "templates": templates()})


@require_POST
@member_page(may=may_define_roles)
def from_template(request: MemberRequest, template: str) -> HttpResponse:
    """Make a role of a template and open it for editing."""
    chosen = template_of(template)
    if chosen is None:
        message = "There is no such template."
        raise NotFoundError(message)
    catalogue = catalogue_of(organisation=request.member.organisation)
    role = create_role(
        member=request.member, draft=draft_from_template(template=chosen, catalogue=catalogue), now=clock.now()
    )
    return redirect("roles:edit", request.member.organisation.slug, role.ref)
