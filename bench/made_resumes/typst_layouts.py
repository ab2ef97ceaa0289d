"""Layouts set with typst: each takes a person and returns typst source."""

# ruff: noqa: E501, D401 -- a template reads better on one line; the docstring describes the layout

import re
from collections.abc import Callable

from bench.made_resumes.people import Job, Person, Study


def esc(text: str) -> str:
    """Text as typst markup."""
    return re.sub(r"([\\#$*_`<>@\[\]~=+-])", r"\\\1", text).replace("//", r"\/\/")


def _set(font: str, size: float = 10, margin: str = "1.8cm", extra: str = "") -> str:
    return (
        f'#set page(paper: "a4", margin: {margin}{extra})\n#set text(font: "{font}", size: {size}pt)\n'
        "#set par(justify: false, spacing: 0.65em)\n#set list(marker: [•])\n"
    )


def _tasks(job: Job) -> str:
    return "".join(f"- {esc(task)}\n" for task in job.tasks)


def _row(left: str, right: str) -> str:
    return f"#grid(columns: (1fr, auto), [{left}], align(right)[{right}])\n"


def _area(study: Study) -> str:
    return f" in {esc(study.area)}" if study.area else ""


def _head(title: str, *, look: str) -> str:
    return f"\n#v(0.7em)\n{look.format(esc(title))}\n#v(0.1em)\n"


_RULED = '#text(size: 13pt, weight: "bold")[{0}]\n#line(length: 100%, stroke: .5pt)'
_CAPS = '#text(size: 11pt, weight: "bold")[#upper[{0}]]'
_CENTRED = "#align(center)[#text(size: 12pt)[{0}]]"
_PLAIN = '#text(weight: "bold")[{0}]'


def _contacts(person: Person, joint: str, *, is_linked: bool = True) -> str:
    mail = f'#link("mailto:{person.email}")[{esc(person.email)}]' if is_linked else esc(person.email)
    return joint.join(
        [esc(person.place), mail, esc(person.phone), esc(person.site), f"github.com\\/{esc(person.handle)}"]
    )


def _rest(person: Person, look: str) -> str:
    return (
        _head(person.headings["skills"], look=look)
        + esc(", ".join(person.skills))
        + _head(person.headings["languages"], look=look)
        + " \\\n".join(esc(line) for line in person.languages)
        + "\n"
    )


def _studies(person: Person) -> str:
    return "".join(_row(f"*{esc(s.school)}*, {esc(s.degree)}{_area(s)}", esc(s.dates)) + "\n" for s in person.studies)


def side_facts(p: Person) -> str:
    """Employer and title on one line; place and date in their own column at the right; degree column at the left."""
    out = (
        _set("Libertinus Serif")
        + f'#align(center)[#text(26pt, weight: "bold")[{esc(p.name)}] \\ {_contacts(p, " #h(1.2em) ")}]\n'
    )
    out += _head(p.headings["summary"], look=_RULED) + esc(p.summary) + "\n" + _head(p.headings["work"], look=_RULED)
    for j in p.jobs:
        out += f"#grid(columns: (1fr, 4.2cm), [*{esc(j.employer)}*, {esc(j.title)}\n{_tasks(j)}], align(right)[{esc(j.place)} \\ {esc(j.dates)}])\n"
    out += _head(p.headings["education"], look=_RULED)
    for s in p.studies:
        out += f"#grid(columns: (2.6cm, 1fr, 4.2cm), [*{esc(s.degree)}*], [*{esc(s.school)}*, {esc(s.area)}], align(right)[{esc(s.place)} \\ {esc(s.dates)}])\n"
    return out + _rest(p, _RULED)


def title_over_employer(p: Person) -> str:
    """Title in bold over the employer in italics; place over date at the right."""
    out = (
        _set("New Computer Modern")
        + f"#align(center)[#text(24pt)[#smallcaps[{esc(p.name)}]] \\ {_contacts(p, ' | ')}]\n"
        + _head(p.headings["education"], look=_RULED)
    )
    for s in p.studies:
        out += _row(f"*{esc(s.school)}* \\ _{esc(s.degree)}{_area(s)}_", f"_{esc(s.place)}_ \\ _{esc(s.dates)}_") + "\n"
    out += _head(p.headings["work"], look=_RULED)
    for j in p.jobs:
        out += (
            _row(f"*{esc(j.title)}* \\ _{esc(j.employer)}_", f"_{esc(j.place)}_ \\ _{esc(j.dates)}_") + _tasks(j) + "\n"
        )
    return out + _rest(p, _RULED)


def one_line_date_right(p: Person) -> str:
    """Title, employer, place on one line with the date at the right; headings centred."""
    out = (
        _set("Liberation Sans")
        + f'#text(22pt, weight: "bold")[{esc(p.name)}]\n\n{_contacts(p, " • ")}\n'
        + _head(p.headings["work"], look=_CENTRED)
    )
    for j in p.jobs:
        out += _row(f"*{esc(j.title)}*, {esc(j.employer)} – {esc(j.place)}", esc(j.dates)) + _tasks(j) + "\n"
    out += _head(p.headings["education"], look=_CENTRED)
    for s in p.studies:
        out += _row(f"*{esc(s.school)}*, {esc(s.degree)}{_area(s)} – {esc(s.place)}", esc(s.dates)) + "\n"
    return out + _rest(p, _CENTRED)


def date_left(p: Person) -> str:
    """Dates in a column at the left, right-aligned, close to the text."""
    out = (
        _set("DejaVu Sans", 9)
        + f"#text(24pt)[{esc(p.name)}]\n\n#text(12pt)[{esc(p.headline)}]\n\n{_contacts(p, ' #h(1.5em) ')}\n"
        + _head(p.headings["work"], look=_CAPS)
    )
    for j in p.jobs:
        out += f"#grid(columns: (3.6cm, 1fr), column-gutter: 9pt, align(right)[{esc(j.dates)}], [*{esc(j.title)}*, {esc(j.employer)}, {esc(j.place)}\n{_tasks(j)}])\n"
    out += _head(p.headings["education"], look=_CAPS)
    for s in p.studies:
        out += f"#grid(columns: (3.6cm, 1fr), column-gutter: 9pt, align(right)[{esc(s.dates)}], [*{esc(s.degree)}{_area(s)}*, {esc(s.school)}, {esc(s.place)}])\n"
    return out + _rest(p, _CAPS)


def _side(p: Person, *, look: str) -> str:
    side = (
        _head(p.headings["contact"], look=look)
        + f"{esc(p.email)} \\\n{esc(p.phone)} \\\n{esc(p.place)} \\\n{esc(p.site)}\n"
    )
    side += _head(p.headings["skills"], look=look) + "\n".join(f"- {esc(s)}" for s in p.skills) + "\n"
    return side + _head(p.headings["languages"], look=look) + " \\\n".join(esc(x) for x in p.languages) + "\n"


def _main(p: Person, *, look: str, education: bool = True) -> str:
    main = _head(p.headings["summary"], look=look) + esc(p.summary) + "\n" + _head(p.headings["work"], look=look)
    for j in p.jobs:
        main += f"*{esc(j.title)}* \\\n{esc(j.employer)} \\\n_{esc(j.dates)}_ #h(1fr) {esc(j.place)}\n{_tasks(j)}\n#v(.4em)\n"
    if education:
        main += _head(p.headings["education"], look=look)
        for s in p.studies:
            main += f"*{esc(s.degree)}{_area(s)}* \\\n{esc(s.school)} \\\n_{esc(s.dates)}_ #h(1fr) {esc(s.place)}\n\n#v(.4em)\n"
    return main


def sidebar_left(p: Person) -> str:
    """A coloured sidebar at the left with contacts, skills and languages; the rest at the right."""
    side = _side(p, look=_CAPS)
    name = f'#text(22pt, weight: "bold")[{esc(p.name)}]\n\n#text(12pt)[{esc(p.headline)}]\n'
    return (
        _set("Liberation Sans", 9.5, "1.2cm")
        + f"#grid(columns: (5.2cm, 1fr), column-gutter: 0.8cm, [{side}], [{name}{_main(p, look=_CAPS)}])\n"
    )


def sidebar_right(p: Person) -> str:
    """The main text at the left; education, skills and languages in a narrow column at the right."""
    side = _head(p.headings["education"], look=_RULED)
    for s in p.studies:
        side += f"*{esc(s.degree)}{_area(s)}* \\\n{esc(s.school)} \\\n{esc(s.dates)}\n\n#v(.4em)\n"
    side += _rest(p, _RULED)
    top = f'#text(25pt, weight: "bold")[#upper[{esc(p.name)}]]\n\n#text(12pt)[{esc(p.headline)}]\n\n{_contacts(p, " #h(1.5em) ")}\n'
    return (
        _set("Liberation Sans", 9.5, "1.3cm")
        + top
        + f"#grid(columns: (1fr, 5.8cm), column-gutter: 0.8cm, [{_main(p, look=_RULED, education=False)}], [{side}])\n"
    )


def employer_place_title_date(p: Person) -> str:
    """Employer and place over title and date, the right ones flush right."""
    out = (
        _set("Libertinus Serif", 10.5)
        + f"#align(center)[#text(28pt)[{esc(p.name.split(' ', 1)[0])} *{esc(p.name.split(' ', 1)[-1])}*] \\ #smallcaps[{esc(p.headline)}] \\ {_contacts(p, ' | ')}]\n"
    )
    out += _head(p.headings["work"], look=_RULED)
    for j in p.jobs:
        out += (
            _row(f"*{esc(j.employer)}*", f"_{esc(j.place)}_")
            + _row(f"#smallcaps[{esc(j.title)}]", f"_{esc(j.dates)}_")
            + _tasks(j)
            + "\n"
        )
    out += _head(p.headings["education"], look=_RULED)
    for s in p.studies:
        out += (
            _row(f"*{esc(s.school)}*", f"_{esc(s.place)}_")
            + _row(f"#smallcaps[{esc(s.degree)}{_area(s)}]", f"_{esc(s.dates)}_")
            + "\n"
        )
    return out + _rest(p, _RULED)


def bars(p: Person) -> str:
    """Capitals, bars between title, employer and date."""
    out = (
        _set("DejaVu Serif", 9)
        + f"#text(20pt)[{esc(p.name)}] \\\n{_contacts(p, ' | ', is_linked=False)}\n"
        + _head(p.headings["work"], look=_CAPS)
    )
    for j in p.jobs:
        out += f"*{esc(j.title)}* | {esc(j.employer)} | {esc(j.place)} | {esc(j.dates)}\n{_tasks(j)}\n"
    out += _head(p.headings["education"], look=_CAPS)
    for s in p.studies:
        out += f"{esc(s.degree)}{_area(s)} | {esc(s.school)} | {esc(s.dates)}\n\n"
    return out + _rest(p, _CAPS)


def two_narrow(p: Person) -> str:
    """A third and two thirds; employer and title in one line, date and place under it."""
    side = _head(p.headings["education"], look=_CAPS)
    for s in p.studies:
        side += f"#upper[{esc(s.school)}] \\\n#text(9pt)[{esc(s.degree)}{_area(s)} \\\n{esc(s.dates)} | {esc(s.place)}]\n\n#v(.3em)\n"
    side += _rest(p, _CAPS)
    main = _head(p.headings["work"], look=_CAPS)
    for j in p.jobs:
        main += f"*#upper[{esc(j.employer)}]* | {esc(j.title)} \\\n#text(9pt)[{esc(j.dates)} | {esc(j.place)}]\n{_tasks(j)}\n#v(.3em)\n"
    top = f"#align(center)[#text(30pt)[{esc(p.name)}] \\ {_contacts(p, ' | ')}]\n"
    return (
        _set("Liberation Sans", 10, "1.5cm")
        + top
        + f"#grid(columns: (1fr, 2fr), column-gutter: 0.6cm, [{side}], [{main}])\n"
    )


def table(p: Person) -> str:
    """A drawn table with dates at the left, as word processors make it."""
    out = (
        _set("Liberation Serif", 11)
        + f'#text(18pt, weight: "bold")[{esc(p.name)}]\n\n{esc(p.place)} \\\n{esc(p.phone)} \\\n{esc(p.email)}\n'
        + _head(p.headings["work"], look=_PLAIN)
    )
    cells = "".join(
        f"[{esc(j.dates)}], [*{esc(j.title)}* \\\n{esc(j.employer)}, {esc(j.place)}\n{_tasks(j)}], " for j in p.jobs
    )
    out += f"#table(columns: (3.8cm, 1fr), {cells})\n" + _head(p.headings["education"], look=_PLAIN)
    cells = "".join(
        f"[{esc(s.dates)}], [*{esc(s.degree)}{_area(s)}* \\\n{esc(s.school)}, {esc(s.place)}], " for s in p.studies
    )
    return out + f"#table(columns: (3.8cm, 1fr), {cells})\n" + _rest(p, _PLAIN)


def at_brackets(p: Person) -> str:
    """Lines of the form Title at Employer (dates) without any special type for the entries."""
    at = {"en": "at", "de": "bei", "fr": "chez", "es": "—"}[p.language]
    out = (
        _set("Liberation Serif", 11)
        + f'#text(16pt, weight: "bold")[{esc(p.name)}]\n\n{_contacts(p, " · ", is_linked=False)}\n'
        + _head(p.headings["work"], look=_RULED)
    )
    for j in p.jobs:
        out += f"{esc(j.title)} {at} {esc(j.employer)} ({esc(j.dates)})\n{_tasks(j)}\n"
    out += _head(p.headings["education"], look=_RULED)
    for s in p.studies:
        out += f"{esc(s.degree)}{_area(s)}, {esc(s.school)} ({esc(s.dates)})\n\n"
    return out + _rest(p, _RULED)


def lines_only(p: Person) -> str:
    """Employer, title and dates each on a line of its own; descriptions as running text."""
    out = (
        _set("Liberation Sans", 10)
        + f'#text(20pt, weight: "bold")[{esc(p.name)}]\n\n#text(11pt)[{esc(p.headline)}]\n\n{_contacts(p, " #h(2em) ")}\n'
        + _head(p.headings["work"], look=_CAPS)
    )
    for j in p.jobs:
        out += f"*{esc(j.employer)}*, {esc(j.place)} \\\n{esc(j.title)} \\\n{esc(j.dates)} \\\n{esc(' '.join(t.rstrip('.') + '.' for t in j.tasks))}\n\n#v(.5em)\n"
    out += _head(p.headings["education"], look=_CAPS)
    for s in p.studies:
        out += f"*{esc(s.school)}* \\\n{esc(s.degree)}{_area(s)} \\\n{esc(s.dates)}\n\n#v(.5em)\n"
    return out + _rest(p, _CAPS)


def roles_under_employer(p: Person) -> str:
    """The first two titles are held at one employer, under one line that names it."""
    if len(p.jobs) > 1:
        p.jobs[1].employer = p.jobs[0].employer
    out = (
        _set("Liberation Sans", 10)
        + f'#text(24pt, weight: "bold")[{esc(p.name)}]\n\n{esc(p.headline)}\n\n{_contacts(p, " #h(2em) ")}\n'
        + _head(p.headings["work"], look=_RULED)
    )
    shown = ""
    for j in p.jobs:
        if j.employer != shown:
            out += f"#v(.5em)\n#text(11.5pt)[*{esc(j.employer)}*]\n\n"
            shown = j.employer
        out += f"*{esc(j.title)}* \\\n{esc(j.dates)} \\\n{esc(j.place)}\n{_tasks(j)}\n"
    out += _head(p.headings["education"], look=_RULED)
    for s in p.studies:
        out += f"#v(.4em)\n*{esc(s.school)}* \\\n{esc(s.degree)}, {esc(s.area)} · ({esc(s.dates)})\n\n"
    return out + _rest(p, _RULED)


def hanging_headings(p: Person) -> str:
    """Section headings in the left margin, the text beside them."""
    body = "".join(_row(f"*{esc(j.employer)}*, _{esc(j.title)}_", esc(j.dates)) + _tasks(j) + "\n" for j in p.jobs)
    rows = [
        (p.headings["work"], body),
        (p.headings["education"], _studies(p)),
        (p.headings["skills"], esc(", ".join(p.skills))),
    ]
    out = _set("Libertinus Serif", 10.5) + f'#text(22pt, weight: "bold")[{esc(p.name)}]\n\n{_contacts(p, " • ")}\n\n'
    return out + "".join(
        f"#grid(columns: (3.4cm, 1fr), column-gutter: .4cm, [*{esc(h)}*], [{b}])\n#v(.6em)\n" for h, b in rows
    )


def labelled(p: Person) -> str:
    """Label and value rows, as official forms have them."""
    labels = {
        "en": ("Dates", "Name", "E-mail", "Telephone"),
        "de": ("Zeitraum", "Name", "E-Mail", "Telefon"),
        "fr": ("Dates", "Nom", "Courriel", "Téléphone"),
        "es": ("Fechas", "Nombre", "Correo", "Teléfono"),
    }[p.language]
    grid = "#grid(columns: (5cm, 1fr), row-gutter: .7em, {})\n"
    out = _set("DejaVu Sans", 9) + "#text(16pt)[Curriculum Vitae]\n" + _head(p.headings["contact"], look=_PLAIN)
    out += grid.format(
        ", ".join(f"[{a}], [{esc(b)}]" for a, b in zip(labels[1:], (p.name, p.email, p.phone), strict=True))
    )
    out += _head(p.headings["work"], look=_PLAIN)
    for j in p.jobs:
        out += (
            grid.format(f"[{esc(j.dates)}], [*{esc(j.title)}* \\\n{esc(j.employer)} – {esc(j.place)}\n{_tasks(j)}]")
            + "\n"
        )
    out += _head(p.headings["education"], look=_PLAIN)
    for s in p.studies:
        out += (
            grid.format(f"[{esc(s.dates)}], [*{esc(s.degree)}{_area(s)}* \\\n{esc(s.school)} – {esc(s.place)}]") + "\n"
        )
    return out + _rest(p, _PLAIN)


def dashes(p: Person) -> str:
    """Dates first on the line, then employer and title between dashes; small type and running heads."""
    running = f', footer: align(center)[{esc(p.name)} – #context counter(page).display("1/1", both: true)]'
    out = (
        _set("New Computer Modern", 9.5, "2cm", running)
        + f"#align(right)[#text(20pt)[{esc(p.name)}] \\ {esc(p.place)} \\ {esc(p.phone)} \\ {esc(p.email)}]\n"
        + _head(p.headings["education"], look=_RULED)
    )
    for s in p.studies:
        out += f"{esc(s.dates)}: {esc(s.degree)}{_area(s)} — {esc(s.school)}\n\n"
    out += _head(p.headings["work"], look=_RULED)
    for j in p.jobs:
        out += f"{esc(j.dates)}: *{esc(j.employer)}* — {esc(j.title)} — {esc(j.place)}\n{_tasks(j)}\n"
    return out + _rest(p, _RULED)


LAYOUTS: dict[str, Callable[[Person], str]] = {
    layout.__name__: layout
    for layout in (
        side_facts,
        title_over_employer,
        one_line_date_right,
        date_left,
        sidebar_left,
        sidebar_right,
        employer_place_title_date,
        bars,
        two_narrow,
        table,
        at_brackets,
        lines_only,
        roles_under_employer,
        hanging_headings,
        labelled,
        dashes,
    )
}
