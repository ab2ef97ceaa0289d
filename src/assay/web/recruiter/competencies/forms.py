"""The form of an own competency: a definition in, a definition out, and its faults put beside their fields."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.forms import formset_factory

from assay.competencies.catalogue import Catalogue, Competency, Source
from assay.competencies.own import Definition, OwnTerm
from assay.web.recruiter.competencies.present import KIND_WORDS, METHOD_WORDS
from assay.web.recruiter.roles.present import LEVEL_WORDS

SPARE_ROWS = 2
MAX_ROWS = 60
LEVEL_FIELDS = tuple(f"level_{number}" for number in range(1, 6))
LEVEL_HELP = (
    "Somebody who has just begun: follows, tries out, reports what happened.",
    "Does simple things after an example.",
    "Does the usual work alone and finds their own faults.",
    "Masters what goes wrong, and answers for how it is done.",
    "Others build on what they decide; knows where it ends.",
)
TERM_KINDS = [("word", "Word"), ("tool", "Tool or product"), ("phrase", "Phrase, in any inflection")]


class CompetencyForm(forms.Form):
    """Everything but the words. What is allowed is decided by `competencies.checks`, so that it is said once."""

    name = forms.CharField(label="Name", required=False, widget=forms.TextInput(attrs={"maxlength": 80}))
    family = forms.ChoiceField(label="Family", required=False, help_text="Where it stands in the map.")
    kind = forms.ChoiceField(
        label="Kind", required=False, choices=list(KIND_WORDS.items()),
        help_text="What is known of a tool fades in about four years, the rest in about twelve.",
    )  # fmt: skip
    summary = forms.CharField(
        label="In one sentence", required=False, help_text="What somebody does who has it.",
        widget=forms.TextInput(attrs={"maxlength": 300}),
    )  # fmt: skip
    methods = forms.MultipleChoiceField(
        label="What can measure it", required=False, choices=list(METHOD_WORDS.items()),
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    implies = forms.MultipleChoiceField(
        label="Rests on", required=False, widget=forms.CheckboxSelectMultiple,
        help_text="Whoever has this has these too, at least a little: a claim of it claims them weakly.",
    )  # fmt: skip
    part_of = forms.ChoiceField(label="Part of", required=False, help_text="A larger competency that contains it.")
    sources = forms.CharField(
        label="Sources", required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Where one can look up what it is: one a line, a title and then its address.",
    )  # fmt: skip
    note = forms.CharField(
        label="What changed, and why", required=False, help_text="Kept with the version.",
        widget=forms.TextInput(attrs={"maxlength": 300}),
    )  # fmt: skip
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, catalogue: Catalogue, own_id: str = "", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for number, (field, word) in enumerate(zip(LEVEL_FIELDS, LEVEL_WORDS, strict=True)):
            self.fields[field] = forms.CharField(
                label=f"{number + 1} · {word.capitalize()}", required=False, help_text=LEVEL_HELP[number],
                widget=forms.Textarea(attrs={"rows": 2, "maxlength": 300}),
            )  # fmt: skip
        others = [one for one in catalogue.competencies if one.id != own_id and not one.is_retired]
        groups = grouped(catalogue, others)
        self.fields["family"].choices = [  # type: ignore[attr-defined]
            ("", "Choose…"), *((family.id, family.name) for family in catalogue.families)
        ]  # fmt: skip
        self.fields["implies"].choices = groups  # type: ignore[attr-defined]
        self.fields["part_of"].choices = [("", "Nothing larger"), *groups]  # type: ignore[attr-defined]

    @property
    def levels(self) -> list[forms.BoundField]:
        """The five levels, lowest first."""
        return [self[field] for field in LEVEL_FIELDS]


class TermForm(forms.Form):
    """One word that names the competency; a row without a word is ignored."""

    name = forms.CharField(label="Word", required=False, widget=forms.TextInput(attrs={"maxlength": 60}))
    aliases = forms.CharField(label="Other spellings, with commas between", required=False)
    kind = forms.ChoiceField(label="What it is", required=False, choices=TERM_KINDS)
    needs_context = forms.BooleanField(label="Counts only beside other technical words", required=False)
    is_case_sensitive = forms.BooleanField(label="Exactly so, capitals and all", required=False)
    released = forms.CharField(
        label="First release", required=False, widget=forms.TextInput(attrs={"maxlength": 7, "placeholder": "2019-04"})
    )
    released_source = forms.CharField(label="Where the date is from", required=False)


TermFormSet = formset_factory(TermForm, extra=SPARE_ROWS, can_delete=True, max_num=MAX_ROWS)


def grouped(catalogue: Catalogue, entries: list[Competency]) -> list[tuple[str, list[tuple[str, str]]]]:
    """Yield competencies as choices under the names of their families."""
    groups = [
        (family.name, [(one.id, one.name) for one in entries if one.family == family.id])
        for family in catalogue.families
    ]
    return [group for group in groups if group[1]]


def initial_of(definition: Definition) -> dict[str, Any]:
    """Yield what the form shows of a definition."""
    levels = dict(zip(LEVEL_FIELDS, definition.levels, strict=False))
    lines = [f"{source.title} {source.url}".strip() for source in definition.sources]
    names = ("name", "family", "kind", "summary", "part_of")
    plain = {name: getattr(definition, name) for name in names}
    return plain | levels | {
        "methods": list(definition.methods), "implies": list(definition.implies), "sources": "\n".join(lines),
    }  # fmt: skip


def initial_terms(definition: Definition) -> list[dict[str, Any]]:
    """Yield what the rows of words show of a definition."""
    return [
        {
            "name": term.name,
            "aliases": ", ".join(term.aliases),
            "kind": "phrase" if term.is_prose else "tool" if term.is_tool else "word",
            "needs_context": term.needs_context,
            "is_case_sensitive": term.is_case_sensitive,
            "released": term.released,
            "released_source": term.released_source,
        }
        for term in definition.terms
    ]


def kept_rows(terms: Any) -> list[TermForm]:
    """Yield the rows that are not empty and not removed."""
    return [
        row for row in terms.forms
        if not row.cleaned_data.get("DELETE") and any(row.cleaned_data.get(name) for name in ("name", "aliases"))
    ]  # fmt: skip


def definition_of(data: Mapping[str, Any], rows: list[TermForm]) -> Definition:
    """Yield the definition that a valid form describes."""
    return Definition(
        name=data["name"],
        family=data["family"],
        kind=data["kind"],
        summary=data["summary"],
        levels=tuple(data[field] for field in LEVEL_FIELDS),
        methods=tuple(data["methods"]),
        implies=tuple(data["implies"]),
        part_of=data["part_of"],
        sources=tuple(_source(line) for line in data["sources"].splitlines() if line.strip()),
        terms=tuple(_term(row.cleaned_data) for row in rows),
    )


def put_faults(*, faults: Mapping[str, str], form: CompetencyForm, rows: list[TermForm]) -> None:
    """Put each fault beside the field that it is of."""
    for field, text in faults.items():
        area, _, rest = field.partition(".")
        if area == "terms" and rest:
            place, _, name = rest.partition(".")
            rows[int(place)].add_error(name, text)
        else:
            form.add_error(field if field in form.fields else None, text)


def _source(line: str) -> Source:
    title, _, address = line.strip().rpartition(" ")
    if address.startswith(("http://", "https://")):
        return Source(title=title or address, url=address)
    return Source(title=line.strip())


def _term(data: Mapping[str, Any]) -> OwnTerm:
    return OwnTerm(
        name=data["name"],
        aliases=tuple(data["aliases"].split(",")),
        is_tool=data["kind"] == "tool",
        is_prose=data["kind"] == "phrase",
        needs_context=data["needs_context"],
        is_case_sensitive=data["is_case_sensitive"],
        released=data["released"],
        released_source=data["released_source"],
    )
