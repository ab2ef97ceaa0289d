"""Projects and languages: sections that are lists."""

import re
from collections.abc import Sequence

from assay.reading.headings import folded, heading_kind
from assay.reading.model import Found, Project, SectionKind
from assay.reading.resume.atoms import Atom, atoms_of
from assay.reading.resume.entries import split_entries
from assay.reading.resume.lines import Cell
from assay.reading.resume.sections import Block

_LANGUAGES = frozenset(
    folded(name)
    for name in [
        "English",
        "German",
        "French",
        "Spanish",
        "Italian",
        "Portuguese",
        "Dutch",
        "Swedish",
        "Norwegian",
        "Danish",
        "Finnish",
        "Polish",
        "Czech",
        "Slovak",
        "Hungarian",
        "Romanian",
        "Bulgarian",
        "Greek",
        "Turkish",
        "Russian",
        "Ukrainian",
        "Arabic",
        "Hebrew",
        "Persian",
        "Farsi",
        "Hindi",
        "Urdu",
        "Bengali",
        "Punjabi",
        "Tamil",
        "Telugu",
        "Marathi",
        "Gujarati",
        "Kannada",
        "Malayalam",
        "Nepali",
        "Sinhala",
        "Chinese",
        "Mandarin",
        "Cantonese",
        "Japanese",
        "Korean",
        "Vietnamese",
        "Thai",
        "Indonesian",
        "Malay",
        "Tagalog",
        "Filipino",
        "Swahili",
        "Amharic",
        "Yoruba",
        "Igbo",
        "Hausa",
        "Zulu",
        "Afrikaans",
        "Serbian",
        "Croatian",
        "Bosnian",
        "Slovenian",
        "Albanian",
        "Macedonian",
        "Lithuanian",
        "Latvian",
        "Estonian",
        "Icelandic",
        "Irish",
        "Welsh",
        "Catalan",
        "Basque",
        "Galician",
        "Latin",
        "Georgian",
        "Armenian",
        "Kazakh",
        "Azerbaijani",
        "Uzbek",
        "Mongolian",
        "Pashto",
        "Kurdish",
        "Somali",
        "Esperanto",
        "Luxembourgish",
        "Sign Language",
        "Deutsch",
        "Englisch",
        "Französisch",
        "Spanisch",
        "Italienisch",
        "Portugiesisch",
        "Niederländisch",
        "Schwedisch",
        "Polnisch",
        "Tschechisch",
        "Ungarisch",
        "Rumänisch",
        "Griechisch",
        "Türkisch",
        "Russisch",
        "Ukrainisch",
        "Arabisch",
        "Hebräisch",
        "Persisch",
        "Chinesisch",
        "Japanisch",
        "Koreanisch",
        "Latein",
        "Anglais",
        "Allemand",
        "Français",
        "Espagnol",
        "Italien",
        "Portugais",
        "Néerlandais",
        "Polonais",
        "Russe",
        "Turc",
        "Arabe",
        "Chinois",
        "Japonais",
        "Coréen",
        "Roumain",
        "Inglés",
        "Alemán",
        "Francés",
        "Español",
        "Castellano",
        "Italiano",
        "Portugués",
        "Catalán",
        "Gallego",
        "Euskera",
        "Ruso",
        "Árabe",
        "Chino",
        "Japonés",
        "Neerlandés",
        "Hindi",
        "Polski",
        "Nederlands",
        "Svenska",
        "Dansk",
        "Norsk",
        "Suomi",
        "Türkçe",
        "Português",
    ]
)


def read_projects(*, block: Block, text: str) -> list[Project]:
    """Return the projects of a section, each named by the first piece of its head."""
    projects: list[Project] = []
    for entry in split_entries(lines=block.lines):
        atoms = atoms_of(lines=entry.head, text=text)
        name = _name_of(atoms)
        if name is None:
            continue
        found = Found(value=" ".join(text[name.start : name.end].split()), start=name.start, end=name.end)
        projects.append(Project(name=found, period=entry.period, start=entry.start, end=entry.end))
    return projects


def _name_of(atoms: Sequence[Atom]) -> Atom | None:
    return next((atom for atom in atoms if sum(char.isalpha() for char in atom.text) >= 2), None)


def read_languages(*, blocks: Sequence[Block], text: str) -> list[Found]:
    """Return the human languages that a section on languages, or a line so labelled, names."""
    found: list[Found] = []
    for block in blocks:
        if block.kind is SectionKind.LANGUAGES:
            for line in block.lines:
                found += _languages_in(line.start, text[line.start : line.end])
        elif block.kind in {SectionKind.SKILLS, SectionKind.OTHER, SectionKind.CONTACT, SectionKind.INTERESTS}:
            for line in block.lines:
                label = re.match(r"^\W*([\w ]{4,30}?)\s*[:\t–—-]\s*", text[line.start : line.end])
                if label and heading_kind(text=label[1]) is SectionKind.LANGUAGES:
                    at = line.start + label.end()
                    found += _languages_in(at, text[at : line.end])
                found += [item for cell in line.cells for item in _languages_alone(cell, text)]
    kept: dict[str, Found] = {}
    for item in found:
        kept.setdefault(folded(item.value), item)
    return list(kept.values())


def _languages_alone(cell: Cell, text: str) -> list[Found]:
    """Return the languages of a cell that lists two or more of them and nothing else."""
    shown = text[cell.start : cell.end]
    found = _languages_in(cell.start, shown)
    return found if len(found) >= 2 and len(found) == len(re.findall(r"[^\W\d_]+", shown)) else []


def _languages_in(start: int, text: str) -> list[Found]:
    return [
        Found(value=match.group(), start=start + match.start(), end=start + match.end())
        for match in re.finditer(r"[^\W\d_]+(?: Language)?", text)
        if folded(match.group()) in _LANGUAGES
    ]
