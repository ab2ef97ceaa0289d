"""Which column of a table of people is which: headings in English, German, French and Spanish."""

import re
import unicodedata
from collections.abc import Sequence

_NAMES = {
    "name": (
        "name|full name|candidate|candidate name|applicant|applicant name|vollständiger name|bewerber|kandidat|"
        "nom complet|candidat|nom et prénom|nombre completo|nombre y apellidos|candidato"
    ),
    "first_name": "first name|firstname|given name|forename|vorname|prénom|nombre|nombre de pila",
    "last_name": "last name|lastname|surname|family name|nachname|familienname|nom|nom de famille|apellido|apellidos",
    "email": (
        "email|e-mail|mail|email address|e-mail address|e-mail-adresse|mailadresse|courriel|adresse e-mail|"
        "adresse mail|adresse électronique|correo|correo electrónico|email 1|primary email"
    ),
    "phone": (
        "phone|phone number|telephone|tel|mobile|mobile phone|cell|cell phone|telefon|telefonnummer|handy|mobil|"
        "mobiltelefon|téléphone|numéro de téléphone|portable|teléfono|móvil|número de teléfono"
    ),
    "links": (
        "link|links|url|urls|website|web|homepage|linkedin|linkedin url|linkedin profile|github|github url|portfolio|"
        "profile|profile url|webseite|profil|site web|site internet|lien|liens|enlace|enlaces|sitio web|página web"
    ),
    "place": (
        "city|location|place|address|town|country|region|ort|stadt|wohnort|adresse|land|standort|ville|lieu|pays|"
        "localisation|ciudad|lugar|ubicación|dirección|país"
    ),
    "title": (
        "title|job title|current title|position|current position|role|current role|headline|occupation|"
        "berufsbezeichnung|stelle|aktuelle position|beruf|titel|poste|"
        "poste actuel|fonction|intitulé du poste|puesto|puesto actual|cargo"
    ),
    "employer": (
        "company|employer|current company|current employer|organization|organisation|firma|unternehmen|arbeitgeber|"
        "aktueller arbeitgeber|entreprise|employeur|société|empresa|empresa actual|empleador"
    ),
    "skills": (
        "skills|skill|technologies|tags|keywords|expertise|kenntnisse|fähigkeiten|kompetenzen|technologien|compétences|"
        "technologies|habilidades|competencias|tecnologías|conocimientos"
    ),
    "source": "source|channel|origin|quelle|kanal|herkunft|origine|canal|fuente|origen",
    "notes": (
        "notes|note|comment|comments|remarks|notizen|bemerkung|bemerkungen|kommentar|remarques|commentaires|notas|"
        "comentarios"
    ),
}
SEVERAL = frozenset(("links", "skills", "place", "notes", "phone", "email"))
"""Fields that more than one column may fill."""


def fold(text: str) -> str:
    """Yield a heading without case, accents, brackets and punctuation."""
    text = unicodedata.normalize("NFKD", text.split("(", maxsplit=1)[0])
    text = "".join(c for c in text if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", " ", text).strip()


_FIELDS = {fold(name): field for field, names in _NAMES.items() for name in names.split("|")}


def fields_of(*, header: Sequence[str]) -> list[str | None]:
    """Yield the field of each column; None for a column that is not known. A single-valued field is taken once."""
    fields: list[str | None] = []
    for cell in header:
        field = _FIELDS.get(fold(cell))
        fields.append(None if field in fields and field not in SEVERAL else field)
    if "first_name" not in fields and "last_name" in fields and "name" not in fields:
        # A lone "nom" or "apellido" column holds the whole name.
        fields = ["name" if field == "last_name" else field for field in fields]
    if "first_name" in fields and "last_name" not in fields and "name" not in fields:
        fields = ["name" if field == "first_name" else field for field in fields]
    return fields
