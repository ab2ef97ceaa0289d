"""What reading yields: a document with positions, a résumé, a job ad.

Every piece of structure carries a half-open span ``[start, end)`` of character offsets into
``Document.text``, so that each reason shown to a person can be traced to the words behind it.
All types are frozen msgspec structs: they cross the process boundary and rest in the database as JSON.
"""

from enum import StrEnum

import msgspec


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base of everything that reading yields: immutable, keyword-only, compact as JSON."""


class Box(Struct, frozen=True, kw_only=True):
    """A rectangle on a page, as fractions of the page's width and height, origin at the top left."""

    page: int
    x0: float
    y0: float
    x1: float
    y1: float


class Page(Struct, frozen=True, kw_only=True):
    """One page of a document that has pages; sizes in points (1/72 inch)."""

    width_pt: float
    height_pt: float


class Word(Struct, frozen=True, kw_only=True):
    """A word with its place on the page: what a highlighted quote is drawn from."""

    start: int
    end: int
    box: Box
    is_bold: bool = False


class Line(Struct, frozen=True, kw_only=True):
    """One visual line in reading order. ``size_pt`` is 0 where the format knows no sizes."""

    start: int
    end: int
    box: Box | None = None
    size_pt: float = 0.0
    is_bold: bool = False
    is_heading: bool = False
    """True where the format itself says so (a DOCX heading style, ``<h2>``, ``## ``)."""


class Link(Struct, frozen=True, kw_only=True):
    """A hyperlink and the span of the words that carry it (empty span where it carries none)."""

    uri: str
    start: int
    end: int


class HiddenReason(StrEnum):
    """Why words that a machine sees are not seen by a reader, or are not meant for one."""

    LOW_CONTRAST = "low_contrast"
    TINY = "tiny"
    OFF_PAGE = "off_page"
    COVERED = "covered"
    INVISIBLE = "invisible"
    INSTRUCTION = "instruction"
    STUFFING = "stuffing"


class Hidden(Struct, frozen=True, kw_only=True):
    """Words that do not count, kept so that a person can see them.

    Text that is not visible is *not* part of ``Document.text`` and has no span; an instruction to a machine or
    stuffed keywords are visible, stay in the text and carry their span.
    """

    text: str
    reason: HiddenReason
    box: Box | None = None
    start: int | None = None
    end: int | None = None


class Notice(Struct, frozen=True, kw_only=True):
    """Something a person should know about how a document was read: a code and a sentence."""

    code: str
    message: str


class Document(Struct, frozen=True, kw_only=True):
    """The visible text of a document in reading order, and where each part of it stands."""

    media_type: str
    text: str
    lines: tuple[Line, ...] = ()
    words: tuple[Word, ...] = ()
    pages: tuple[Page, ...] = ()
    links: tuple[Link, ...] = ()
    hidden: tuple[Hidden, ...] = ()
    notices: tuple[Notice, ...] = ()


class Found(Struct, frozen=True, kw_only=True):
    """A value and the words it was read from. ``value`` may be normalised; the span never is."""

    value: str
    start: int
    end: int


class PartialDate(Struct, frozen=True, order=True, kw_only=True):
    """A year, or a year and a month (1 to 12; 0 where the document names none)."""

    year: int
    month: int = 0


class Period(Struct, frozen=True, kw_only=True):
    """A stretch of time as the document states it. ``end`` is None while it is current or unstated."""

    start: int
    end: int
    since: PartialDate | None = None
    until: PartialDate | None = None
    is_current: bool = False


class Employment(Struct, frozen=True, kw_only=True):
    """One title held at one employer. Two titles at one employer are two rows."""

    employer: Found | None = None
    title: Found | None = None
    place: Found | None = None
    period: Period | None = None
    start: int
    end: int
    """The span of the whole entry, description included."""


class Education(Struct, frozen=True, kw_only=True):
    """One course of study."""

    institution: Found | None = None
    degree: Found | None = None
    area: Found | None = None
    period: Period | None = None
    start: int
    end: int


class Project(Struct, frozen=True, kw_only=True):
    """A project described in a section of its own."""

    name: Found
    period: Period | None = None
    start: int
    end: int


class SkillGroup(Struct, frozen=True, kw_only=True):
    """Skills as the document lists them: under a label of its own, or under none."""

    name: Found | None = None
    keywords: tuple[Found, ...]


class SectionKind(StrEnum):
    """The parts that a résumé is made of."""

    CONTACT = "contact"
    SUMMARY = "summary"
    EMPLOYMENT = "employment"
    EDUCATION = "education"
    SKILLS = "skills"
    PROJECTS = "projects"
    PUBLICATIONS = "publications"
    CERTIFICATES = "certificates"
    LANGUAGES = "languages"
    AWARDS = "awards"
    VOLUNTEERING = "volunteering"
    INTERESTS = "interests"
    REFERENCES = "references"
    OTHER = "other"


class Section(Struct, frozen=True, kw_only=True):
    """A part of the résumé; the span includes the heading."""

    kind: SectionKind
    start: int
    end: int


class Resume(Struct, frozen=True, kw_only=True):
    """A résumé as it was written, in the order in which it was written."""

    name: Found | None = None
    headline: Found | None = None
    emails: tuple[Found, ...] = ()
    phones: tuple[Found, ...] = ()
    """Values in E.164 where the country is known, else the digits as written."""
    links: tuple[Found, ...] = ()
    places: tuple[Found, ...] = ()
    employments: tuple[Employment, ...] = ()
    education: tuple[Education, ...] = ()
    projects: tuple[Project, ...] = ()
    skills: tuple[SkillGroup, ...] = ()
    certificates: tuple[Found, ...] = ()
    publications: tuple[Found, ...] = ()
    languages: tuple[Found, ...] = ()
    sections: tuple[Section, ...] = ()
    language: str = "en"
    """ISO 639-1 code of the language that the document is written in."""


class SkillContext(StrEnum):
    """Where in a résumé a skill is named: use in work says more than a list does."""

    EMPLOYMENT = "employment"
    PROJECT = "project"
    EDUCATION = "education"
    LIST = "list"
    SUMMARY = "summary"
    OTHER = "other"


class Depth(StrEnum):
    """What the words around a skill say of its depth."""

    NEGATED = "negated"
    BASIC = "basic"
    STATED = "stated"
    STRONG = "strong"


class SkillMention(Struct, frozen=True, kw_only=True):
    """One place where a document names a competency, with the sentence or bullet around it as the quote."""

    competency: str
    """Id in the competency map, such as ``deep_learning``."""
    term: str
    """The canonical term of the map, such as ``PyTorch``."""
    start: int
    end: int
    quote_start: int
    quote_end: int
    context: SkillContext = SkillContext.OTHER
    depth: Depth = Depth.STATED
    employment: int | None = None
    """Index into ``Resume.employments`` where the mention stands in one."""
    months: int | None = None
    """Length of the employment or project it stands in; None where no dates are given."""
    last_used: PartialDate | None = None
    years_claimed: float | None = None
    """Years that the words themselves claim ("8 years of PyTorch")."""


class Strength(StrEnum):
    """How firmly a job ad asks for something."""

    REQUIRED = "required"
    PREFERRED = "preferred"
    NICE_TO_HAVE = "nice_to_have"


class RequirementKind(StrEnum):
    """What a line of a job ad asks for."""

    COMPETENCY = "competency"
    YEARS = "years"
    DEGREE = "degree"
    LANGUAGE = "language"
    WORK_PERMIT = "work_permit"
    PLACE = "place"
    PORTFOLIO = "portfolio"
    OTHER = "other"


class Requirement(Struct, frozen=True, kw_only=True):
    """One demand of a job ad, with the words that make it."""

    kind: RequirementKind
    strength: Strength
    start: int
    end: int
    """The span of the term or phrase itself."""
    quote_start: int
    quote_end: int
    """The sentence or bullet around it."""
    competency: str | None = None
    term: str | None = None
    level: int | None = None
    """1 (first steps) to 5 (expert), read from words such as "basic" or "deep"; None where the ad does not say."""
    years: float | None = None
    """Years as the ad's words; never used to rank people."""
    value: str = ""
    alternatives: tuple[str, ...] = ()
    """What would do as well ("Python or R"): terms of the map, or values of the same kind."""


class Pay(Struct, frozen=True, kw_only=True):
    """A pay range as stated. ``period`` is ``year``, ``month``, ``day`` or ``hour``."""

    low: float | None
    high: float | None
    currency: str
    period: str
    start: int
    end: int


class JobAd(Struct, frozen=True, kw_only=True):
    """A job ad as requirements, each with the words behind it."""

    title: Found | None = None
    employer: Found | None = None
    places: tuple[Found, ...] = ()
    remote: Found | None = None
    pay: Pay | None = None
    outcomes: tuple[Found, ...] = ()
    """Lines that say what the person will achieve or own."""
    requirements: tuple[Requirement, ...] = ()
    language: str = "en"
