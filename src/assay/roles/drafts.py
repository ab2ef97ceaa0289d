"""The first draft of a role: from an ad's text or file, or from a template."""

from assay.competencies.catalogue import Catalogue
from assay.competencies.knowledge_words import tagger_weights
from assay.core.errors import InvalidError
from assay.reading.errors import UnreadableError
from assay.reading.limits import AdReading, read_ad_in_child
from assay.roles.from_ad import profile_from_ad
from assay.roles.services import Draft
from assay.roles.templates import RoleTemplate


def draft_from_text(*, text: str, catalogue: Catalogue) -> Draft:
    """Read a pasted ad. Raises `InvalidError` where nothing in it is a competency of the map."""
    return draft_from_file(data=text.encode(), file_name="ad.txt", catalogue=catalogue)


def draft_from_file(*, data: bytes, file_name: str, catalogue: Catalogue) -> Draft:
    """Read an ad in a limited process. Raises `InvalidError` with the reader's reason."""
    try:
        reading = read_ad_in_child(
            data=data, file_name=file_name, vocabulary=catalogue.vocabulary(), tagger=tagger_weights()
        )
    except UnreadableError as error:
        message = f"{file_name} could not be read: {error.message}"
        raise InvalidError(message) from error
    return draft_from_reading(reading=reading, catalogue=catalogue)


def draft_from_reading(*, reading: AdReading, catalogue: Catalogue) -> Draft:
    """Turn an ad into a profile with the words behind each demand."""
    profile = profile_from_ad(ad=reading.job_ad, document=reading.document, catalogue=catalogue)
    if not profile.demands:
        message = "No skill of the competency map is named in this text. Is it a job ad? You can start from a template."
        raise InvalidError(message)
    return Draft(profile, reading.document.text, catalogue.version)


def draft_from_template(*, template: RoleTemplate, catalogue: Catalogue) -> Draft:
    """Begin with what a template asks for; there is no ad yet."""
    return Draft(template.profile(), "", catalogue.version)
