"""Forms of this area."""

from django import forms

NAME = forms.CharField(
    label="Your name",
    max_length=120,
    help_text="As the others in your organisation see it.",
    widget=forms.TextInput(attrs={"autocomplete": "name"}),
)


class RenameForm(forms.Form):
    """How one is called."""

    name = NAME


class JoinForm(forms.Form):
    """A new account for an invited address."""

    name = NAME
    password = forms.CharField(
        label="Choose a password",
        max_length=200,
        strip=False,
        help_text="Twelve letters or more. You can add a passkey afterwards.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class OrganisationForm(forms.Form):
    """A further organisation."""

    name = forms.CharField(label="Name of the organisation", max_length=120)
