"""More layouts, nearer to what templates and word processors make: distracting lines, icons, capitals, running text."""

# ruff: noqa: E501, D401 -- a template reads better on one line; the docstring describes the layout

from collections.abc import Callable

from bench.made_resumes.people import Person
from bench.made_resumes.typst_layouts import (
    _CAPS,
    _PLAIN,
    _RULED,
    _area,
    _contacts,
    _head,
    _rest,
    _row,
    _set,
    _tasks,
    esc,
)

_SMALL = "#text(size: 12pt)[#smallcaps[{0}]]\n#line(length: 100%, stroke: .4pt)"


def projects_after_work(p: Person) -> str:
    """Education first; title and date over employer and place; projects with tools and a date at the end."""
    out = (
        _set("New Computer Modern", 11, "1.4cm")
        + f"#align(center)[#text(25pt)[*{esc(p.name)}*] \\ {esc(p.phone)} | #underline[{esc(p.email)}] | #underline[linkedin.com\\/in\\/{esc(p.handle)}]]\n"
    )
    out += _head(p.headings["education"], look=_SMALL)
    for s in p.studies:
        out += _row(f"*{esc(s.school)}*", esc(s.place)) + _row(f"_{esc(s.degree)}{_area(s)}_", f"_{esc(s.dates)}_")
    out += _head(p.headings["work"], look=_SMALL)
    for j in p.jobs:
        out += _row(f"*{esc(j.title)}*", esc(j.dates)) + _row(f"_{esc(j.employer)}_", f"_{esc(j.place)}_") + _tasks(j)
    out += (
        _head(p.headings["projects"], look=_SMALL)
        + _row("*Gitlytics* | _Python, Flask, React_", "June 2020 – Present")
        + "- Developed a full-stack web application\n"
    )
    return out + _rest(p, _SMALL)


def icons_and_colour(p: Person) -> str:
    """Two columns; titles over coloured employers; date and place beside symbols; a wide header."""
    main = _head(p.headings["work"], look=_RULED)
    for j in p.jobs:
        main += f'#text(12pt)[{esc(j.title)}] \\\n#text(fill: blue)[*{esc(j.employer)}*] \\\n#text(9pt)[📅 {esc(j.dates)} #h(1em) 📍 {esc(j.place)}]\n{_tasks(j)}\n#line(length: 100%, stroke: (dash: "dashed"))\n'
    side = (
        _head("My Life Philosophy", look=_RULED)
        + "“If you don’t have any shadows, you’re not standing in the light.”\n"
    )
    side += (
        _head("Most Proud of", look=_RULED)
        + "*Fantastic Achievement* \\\nand some details about it\n"
        + _rest(p, _RULED)
    )
    side += _head(p.headings["education"], look=_RULED)
    for s in p.studies:
        side += f"#text(12pt)[{esc(s.degree)}{_area(s)}] \\\n#text(fill: blue)[*{esc(s.school)}*] \\\n#text(9pt)[📅 {esc(s.dates)}]\n\n#v(.3em)\n"
    top = f"#text(26pt)[*{esc(p.name)}*]\n\n#text(12pt, fill: blue)[*{esc(p.headline)}*]\n\n✉ {esc(p.email)} #h(1em) ☎ {esc(p.phone)} #h(1em) {esc(p.place)}\n"
    return (
        _set("DejaVu Sans", 9, "1.25cm")
        + top
        + f"#grid(columns: (1.5fr, 1fr), column-gutter: 0.9cm, [{main}], [{side}])\n"
    )


def employer_dash_title(p: Person) -> str:
    """A word processor's template: "Employer, Place — Title", dates in small capitals under it, running text."""
    out = (
        _set("Liberation Serif", 11, "2cm")
        + f"#text(32pt)[*{esc(p.name)}*]\n\n{esc(p.headline)}\n\n{esc(p.place)} \\\n*{esc(p.phone)}* \\\n*{esc(p.email)}*\n"
        + _head(p.headings["work"].upper(), look=_PLAIN)
    )
    for j in p.jobs:
        out += (
            f"#text(12pt)[*{esc(j.employer)},* {esc(j.place)} — _{esc(j.title)}_]\n\n#text(8pt)[{esc(j.dates.upper())}]\n\n"
            + " ".join(esc(t.rstrip(".")) + "." for t in j.tasks)
            + "\n\n"
        )
    out += _head(p.headings["education"].upper(), look=_PLAIN)
    for s in p.studies:
        out += f"#text(12pt)[*{esc(s.school)},* {esc(s.place)} — _{esc(s.degree)}{_area(s)}_]\n\n#text(8pt)[{esc(s.dates.upper())}]\n\n"
    return out + _rest(p, _PLAIN)


def dates_first_dots(p: Person) -> str:
    """A word processor's template: dates on a line, then title • employer • place, then running text."""
    out = (
        _set("Liberation Sans", 10.5, "2.2cm")
        + f"#align(center)[#text(24pt)[{esc(p.name.upper())}]]\n#align(center)[{esc(p.place)} • {esc(p.phone)} • {esc(p.email)}]\n"
        + _head(p.headings["work"], look=_CAPS)
    )
    for j in p.jobs:
        out += (
            f"{esc(j.dates)} \\\n*{esc(j.title)}* • {esc(j.employer)} • {esc(j.place)}\n\n"
            + " ".join(esc(t.rstrip(".")) + "." for t in j.tasks)
            + "\n\n"
        )
    out += _head(p.headings["education"], look=_CAPS)
    for s in p.studies:
        out += f"{esc(s.dates)} \\\n*{esc(s.degree)}{_area(s)}* • {esc(s.school)}\n\n"
    return out + _rest(p, _CAPS)


def network_export(p: Person) -> str:
    """A network's export: a dark sidebar, employer over title over dates with the length, place under them."""
    side = (
        f"#text(13pt)[{p.headings['contact']}]\n\n{esc(p.phone)} (Mobile) \\\n{esc(p.email)}\n\nwww.linkedin.com\\/in\\/{esc(p.handle)} (LinkedIn)\n\n#v(1em)\n#text(13pt)[Top Skills]\n\n"
        + " \\\n".join(esc(s) for s in p.skills[:3])
    )
    main = f"#text(26pt)[{esc(p.name)}]\n\n#text(12pt)[{esc(p.headline)} at {esc(p.jobs[0].employer)}] \\\n#text(fill: gray)[{esc(p.place)}]\n\n#text(16pt)[{p.headings['summary']}]\n\n{esc(p.summary)}\n\n#line(length: 100%)\n#text(16pt)[{p.headings['work']}]\n\n"
    for j in p.jobs:
        main += (
            f"#text(12pt)[{esc(j.employer)}] \\\n#text(11.5pt)[{esc(j.title)}] \\\n#text(10.5pt)[{esc(j.dates)} (2 years 3 months)] \\\n#text(10.5pt, fill: gray)[{esc(j.place)}]\n\n"
            + " \\\n".join(esc(t) for t in j.tasks)
            + "\n\n#v(.6em)\n"
        )
    main += f"#text(16pt)[{p.headings['education']}]\n\n"
    for s in p.studies:
        main += f"#text(12pt)[{esc(s.school)}] \\\n#text(10.5pt)[{esc(s.degree)}, {esc(s.area or 'General')} · ({esc(s.dates)})]\n\n#v(.4em)\n"
    return (
        _set("Liberation Sans", 10.5, "1cm")
        + f"#grid(columns: (5.5cm, 1fr), column-gutter: .9cm, [{side}], [{main}])\n"
    )


def with_company_lines(p: Person) -> str:
    """Employer, its trade in a line of italics, bold title and date, tasks, and a line of technologies."""
    out = (
        _set("Libertinus Serif", 10)
        + f"#text(24pt)[{esc(p.name)}]\n\n{_contacts(p, ' | ')}\n"
        + _head(p.headings["summary"], look=_RULED)
        + esc(p.summary)
        + "\n"
        + _head(p.headings["work"], look=_RULED)
    )
    for j in p.jobs:
        out += (
            _row(f"*{esc(j.employer)}*, {esc(j.place)}", esc(j.dates))
            + f"_{esc(j.title)}_\n{_tasks(j)}Technologies: Python, Docker, Terraform\n\n#v(.4em)\n"
        )
    out += _head(p.headings["education"], look=_RULED)
    for s in p.studies:
        out += (
            _row(f"*{esc(s.school)}*, {esc(s.place)}", esc(s.dates))
            + f"_{esc(s.degree)}{_area(s)}_\n\n- GPA: 3.8\\/4.0\n- Thesis: Sparse attention for long documents\n\n#v(.4em)\n"
        )
    return out + _rest(p, _RULED)


def tabular_dashes(p: Person) -> str:
    """The German tabular form: dates at the left, dashes for tasks, place and date at the end."""
    grid = "#grid(columns: (4.2cm, 1fr), row-gutter: .8em, {})\n"
    out = (
        _set("Liberation Sans", 10.5, "2.5cm").replace("[•]", "[–]")
        + f"#align(center)[#text(18pt)[Lebenslauf]]\n\n#v(1em)\n*{esc(p.name)}* \\\n{esc(p.place)} \\\nTel.: {esc(p.phone)} \\\nE-Mail: {esc(p.email)}\n"
        + _head(p.headings["work"], look=_PLAIN)
    )
    out += grid.format(
        ", ".join(
            f"[{esc(j.dates)}], [{esc(j.employer)}, {esc(j.place)} \\\n*{esc(j.title)}*\n{_tasks(j)}]" for j in p.jobs
        )
    )
    out += _head(p.headings["education"], look=_PLAIN)
    out += grid.format(
        ", ".join(f"[{esc(s.dates)}], [{esc(s.school)} \\\n*{esc(s.degree)}{_area(s)}*]" for s in p.studies)
    )
    return out + _rest(p, _PLAIN) + f"\n#v(2em)\n{esc(p.place)}, 3. März 2025\n"


def parenthesised(p: Person) -> str:
    """Title, employer (place) and dates at the right, all in one weight; headings in a colour."""
    look = '#text(fill: rgb("#8a1c1c"), size: 12pt)[{0}]'
    out = (
        _set("DejaVu Serif", 9, "2cm")
        + f"#text(17pt)[{esc(p.name)}] #h(1fr) {esc(p.email)} \\\n{esc(p.headline)} #h(1fr) {esc(p.phone)}\n"
        + _head(p.headings["work"], look=look)
    )
    for j in p.jobs:
        out += _row(f"{esc(j.employer)} ({esc(j.place)})", esc(j.dates)) + f"{esc(j.title)}\n{_tasks(j)}\n"
    out += _head(p.headings["education"], look=look)
    for s in p.studies:
        out += _row(f"{esc(s.degree)}{_area(s)}, {esc(s.school)} ({esc(s.place)})", esc(s.dates)) + "\n"
    return out + _rest(p, look)


def date_column_and_italics(p: Person) -> str:
    """Dark sidebar; entries with a year column, employer in capitals at the right of the title."""
    side = (
        f"#text(11pt)[{p.headings['contact']}]\n\n{esc(p.place)}\n\n{esc(p.phone)}\n\n{esc(p.email)}\n\n#text(11pt)[{p.headings['languages']}]\n\n"
        + "\n\n".join(esc(x) for x in p.languages)
        + f"\n\n#text(11pt)[{p.headings['skills']}]\n\n"
        + "\n\n".join(esc(s) for s in p.skills)
    )
    grid = "#grid(columns: (2.6cm, 1fr), column-gutter: .3cm, row-gutter: .9em, {})\n"
    main = f"#text(15pt)[*{esc(p.headings['education'])}*]\n" + grid.format(
        ", ".join(
            f"[{esc(s.dates)}], [*{esc(s.degree)}*{_area(s)} #h(1fr) #text(8pt)[{esc(s.school)}] \\\n]"
            for s in p.studies
        )
    )
    main += f"#text(15pt)[*{esc(p.headings['work'])}*]\n" + grid.format(
        ", ".join(
            f"[{esc(j.dates)}], [*{esc(j.employer)}* #h(1fr) #text(8pt)[{esc(j.place)}] \\\n_{esc(j.title)}_ \\\n{_tasks(j)}]"
            for j in p.jobs
        )
    )
    top = f"#align(center)[#text(34pt)[{esc(p.name)}]]\n#align(center)[{esc(p.headline.lower())}]\n"
    return (
        _set("Liberation Sans", 9.5, "1.1cm")
        + top
        + f"#grid(columns: (4.6cm, 1fr), column-gutter: .7cm, align(right)[{side}], [{main}])\n"
    )


def single_bullets(p: Person) -> str:
    """Each entry is one bullet: dates, title, employer in a sentence-like line."""
    out = (
        _set("Liberation Serif", 11)
        + f"#text(18pt)[*{esc(p.name)}*]\n\n{_contacts(p, ', ')}\n"
        + _head(p.headings["work"], look=_RULED)
    )
    out += "".join(f"- {esc(j.dates)}: {esc(j.title)}, {esc(j.employer)}, {esc(j.place)}\n" for j in p.jobs)
    out += _head(p.headings["education"], look=_RULED)
    out += "".join(f"- {esc(s.dates)}: {esc(s.degree)}{_area(s)}, {esc(s.school)}\n" for s in p.studies)
    return out + _rest(p, _RULED)


def undated(p: Person) -> str:
    """No dates at all: entries told by bold employers only."""
    out = (
        _set("Liberation Sans", 10.5)
        + f"#text(22pt)[*{esc(p.name)}*]\n\n{_contacts(p, ' | ')}\n"
        + _head(p.headings["work"], look=_RULED)
    )
    for j in p.jobs:
        out += f"*{esc(j.title)}*, {esc(j.employer)}, {esc(j.place)}\n{_tasks(j)}\n#v(.4em)\n"
    out += _head(p.headings["education"], look=_RULED)
    for s in p.studies:
        out += f"*{esc(s.degree)}{_area(s)}* \\\n{esc(s.school)}\n\n#v(.5em)\n"
    return out + _rest(p, _RULED)


def spaced_capitals(p: Person) -> str:
    """Letter-spaced name and headings, title and employer in capitals, two pages."""
    look = "#text(10pt, tracking: 3pt)[*#upper[{0}]*]"
    out = (
        _set("Liberation Sans", 10, "2cm")
        + f"#align(center)[#text(22pt, tracking: 4pt)[#upper[{esc(p.name)}]]]\n#align(center)[{_contacts(p, ' / ')}]\n"
        + _head(p.headings["summary"], look=look)
        + esc(p.summary)
        + "\n"
        + _head(p.headings["work"], look=look)
    )
    for j in p.jobs:
        out += f"*#upper[{esc(j.title)}]* #h(1fr) {esc(j.dates)} \\\n{esc(j.employer)} / {esc(j.place)}\n{_tasks(j)}\n#v(.6em)\n"
    out += "#pagebreak()\n" + _head(p.headings["education"], look=look)
    for s in p.studies:
        out += f"*#upper[{esc(s.degree)}{_area(s)}]* #h(1fr) {esc(s.dates)} \\\n{esc(s.school)} / {esc(s.place)}\n\n#v(.5em)\n"
    return out + _rest(p, look)


VARIANTS: dict[str, Callable[[Person], str]] = {
    layout.__name__: layout
    for layout in (
        projects_after_work,
        icons_and_colour,
        employer_dash_title,
        dates_first_dots,
        network_export,
        with_company_lines,
        tabular_dashes,
        parenthesised,
        date_column_and_italics,
        single_bullets,
        undated,
        spaced_capitals,
    )
}
