"""Forms of this area."""

from django import forms

from assay.accounts.choices import MemberKind
from assay.membership.organisations import ANSWER_DAYS_MAX

SAYS = {
    MemberKind.ADMINISTRATOR: "members, settings, the audit trail, and all that a recruiter does",
    MemberKind.RECRUITER: "imports people, runs the pipelines of all roles",
    MemberKind.HIRING_MANAGER: "defines own roles, decides on them",
    MemberKind.INTERVIEWER: "sees what they are asked to assess",
    MemberKind.AUDITOR: "reads the audit trail and fairness figures, sees no names of candidates",
}

KIND_CHOICES = [(kind.value, f"{kind.label}: {SAYS[kind]}") for kind in MemberKind]


class KindsForm(forms.Form):
    """What a member does."""

    kinds = forms.MultipleChoiceField(
        label="What they do here", choices=KIND_CHOICES, widget=forms.CheckboxSelectMultiple
    )


class InviteForm(KindsForm):
    """An invitation."""

    email = forms.EmailField(label="Email", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    field_order = ["email", "kinds"]


class OrganisationForm(forms.Form):
    """What holds for the whole organisation."""

    name = forms.CharField(label="Name", max_length=120)
    answer_within_days = forms.IntegerField(
        label="Every applicant has an answer within",
        min_value=1,
        max_value=ANSWER_DAYS_MAX,
        help_text="Days from the application. A role may set its own.",
    )
    requires_second_factor = forms.BooleanField(
        label="Everybody needs a second factor",
        required=False,
        help_text="Members without a passkey or an authenticator app see nothing here until they have added one.",
    )
