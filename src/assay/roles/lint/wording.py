"""Words that keep people from applying, and "culture fit" without criteria."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assay.roles.lint.finding import GAUCHER, GUIDE, Finding, LintInput, Severity


class Phrase(NamedTuple):
    """A pattern, what to say of it, why, and who says so."""

    pattern: re.Pattern[str]
    code: str
    message: str
    reason: str
    source: str


def _words(*alternatives: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


PHRASES = (
    Phrase(
        _words("ninjas?", "rock ?stars?", "gurus?", "wizards?", "dominat(?:e|es|ing)", "crush(?:es|ing)? it",
               "aggressive(?:ly)?", "fearless", "hackers? mentality", "alpha", "killer instinct"),
        "masculine_coded",
        "“{words}” reads as addressed to men.",
        "Ads with masculine-coded words made women expect to belong less and find the job less appealing.",
        GAUCHER,
    ),
    Phrase(
        _words("salesman", "chairman", "craftsman(?:ship)?", "manpower", "guys", "he will", "his (?:team|work|role)",
               "mankind"),
        "gendered",
        "“{words}” names one sex.",
        "The EU's pay-transparency directive asks for gender-neutral job titles and ads.",
        "Directive (EU) 2023/970",
    ),
    Phrase(
        _words("young(?: and dynamic)?", "youthful", "digital natives?", "recent graduates?", "fresh graduates?",
               "energetic team", "junges? (?:team|dynamisches team)", "jeune et dynamique"),
        "age_coded",
        "“{words}” reads as an age limit.",
        "It shuts out by age, which says nothing about the skill.",
        "A word list of our own; age is a protected trait in most places where Assay is used",
    ),
    Phrase(
        _words("native (?:english|german|french|spanish)? ?speakers?", "mother tongue", "muttersprachler(?:in)?",
               "langue maternelle"),
        "native_speaker",
        "“{words}” asks for an origin, not for a skill.",
        "Say which level of the language the work needs, for example C1.",
        "A word list of our own",
    ),
    Phrase(
        _words("canadian experience", "(?:uk|us|german|local) experience (?:is )?required"),
        "local_experience",
        "“{words}” asks where somebody worked, not what they can do.",
        "Ontario forbids asking for Canadian experience in public postings since 1 January 2026.",
        "Ontario Employment Standards Act, Part III.1, as summarised by law firms",
    ),
    Phrase(
        _words("able[- ]bodied", "must be able to stand", "physically fit", "clean[- ]shaven", "attractive appearance"),
        "body",
        "“{words}” describes a body.",
        "Name the task instead, and say that adjustments are made.",
        "A word list of our own",
    ),
    Phrase(
        _words("salary history", "current salary", "last salary", "previous compensation", "bisheriges gehalt"),
        "salary_history",
        "“{words}”: the ad asks what somebody earned before.",
        "The EU's pay-transparency directive rules out the question; it carries old differences forward.",
        "Directive (EU) 2023/970",
    ),
    Phrase(
        _words("photo(?:graph)? (?:of yourself|required)", "(?:attach|include|send)(?: us)? (?:a |your )?photo",
               "date of birth", "marital status", "lichtbild", "geburtsdatum", "familienstand"),
        "personal_data",
        "“{words}”: the ad asks for data that must not count.",
        "A photo, a date of birth or a family status add nothing to the evidence, and they bias who reads them.",
        "A word list of our own; blind mode hides them",
    ),
)  # fmt: skip

CULTURE = re.compile(
    r"\b(?:cultur(?:e|al)[- ]fit|fits? (?:in|into|with) (?:our|the) (?:team|culture|company)|team[- ]fit|"
    r"passt (?:gut )?(?:in|zu) unser\w* team)\b",
    re.IGNORECASE,
)
CRITERIA = re.compile(
    r"\b(?:our values|we value|values are|feedback|pair(?:ing| programming)|code review|ownership means|"
    r"write(?:s)? things down|how we work|unsere werte)\b",
    re.IGNORECASE,
)


def wording_findings(given: LintInput) -> Iterator[Finding]:
    """Yield the words to think about, each with its place in the ad."""
    for phrase in PHRASES:
        for match in phrase.pattern.finditer(given.ad_text):
            yield Finding(
                code=phrase.code,
                severity=Severity.WARNING,
                message=phrase.message.format(words=match[0]),
                reason=phrase.reason,
                source=phrase.source,
                start=match.start(),
                end=match.end(),
            )
    culture = CULTURE.search(given.ad_text)
    if culture is not None and CRITERIA.search(given.ad_text) is None:
        yield Finding(
            code="culture_without_criteria",
            severity=Severity.WARNING,
            message=f"“{culture[0]}” is asked for, and nothing says what that means.",
            reason="Ignoring how people work together is a mistake, and so is judging it by likeness. Name two or "
            "three behaviours that can be seen, and rate those in a structured interview.",
            source=GUIDE,
            start=culture.start(),
            end=culture.end(),
        )
