import pytest

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.jobads import read_job_posting_jsonld
from assay.reading.model import RequirementKind, Strength
from tests.reading.jobads import sample_ads as ads

POSTING = {
    "@context": "https://schema.org",
    "@type": "JobPosting",
    "title": "NLP Engineer",
    "hiringOrganization": {"@type": "Organization", "name": "Quill & Co"},
    "jobLocation": {
        "@type": "Place",
        "address": {"@type": "PostalAddress", "addressLocality": "Vienna", "addressCountry": "Austria"},
    },
    "jobLocationType": "TELECOMMUTE",
    "baseSalary": {
        "@type": "MonetaryAmount",
        "currency": "EUR",
        "value": {"@type": "QuantitativeValue", "minValue": 60000, "maxValue": "80000", "unitText": "YEAR"},
    },
    "description": "<p>Quill builds tools.</p><h3>Requirements</h3><ul><li>Python</li><li>Docker is a plus</li></ul>",
    "experienceRequirements": {"@type": "OccupationalExperienceRequirements", "monthsOfExperience": "36"},
    "educationRequirements": {"credentialCategory": "bachelor degree"},
}


def read(data):
    return read_job_posting_jsonld(data=data, vocabulary=ads.VOCABULARY)


def test_read_job_posting_jsonld_facts():
    ad = read(POSTING).ad
    assert (ad.title.value, ad.employer.value, ad.remote.value) == ("NLP Engineer", "Quill & Co", "remote")
    assert [place.value for place in ad.places] == ["Vienna, Austria"]
    assert (ad.pay.low, ad.pay.high, ad.pay.currency, ad.pay.period) == (60_000, 80_000, "EUR", "year")


def test_read_job_posting_jsonld_requirements():
    asked = [(r.kind, r.term or r.value, r.strength) for r in read(POSTING).ad.requirements]
    assert asked == [
        (RequirementKind.COMPETENCY, "Python", Strength.REQUIRED),
        (RequirementKind.COMPETENCY, "Docker", Strength.NICE_TO_HAVE),
        (RequirementKind.DEGREE, "bachelor", Strength.REQUIRED),
        (RequirementKind.YEARS, "3 years", Strength.REQUIRED),
    ]


def test_read_job_posting_jsonld_spans_lie_in_the_document():
    document, ad = read(POSTING)
    for r in ad.requirements:
        assert document.text[r.start : r.end] in document.text[r.quote_start : r.quote_end]


@pytest.mark.parametrize("data", [[{"@type": "Person"}, POSTING], {"@graph": [POSTING]}, [[POSTING]]])
def test_read_job_posting_jsonld_finds_the_posting(data):
    assert read(data) == read(POSTING)


@pytest.mark.parametrize("data", [None, [], {}, "JobPosting", {"@type": "Person"}, 3])
def test_read_job_posting_jsonld_without_posting(data):
    with pytest.raises(UnreadableError) as refused:
        read(data)
    assert refused.value.code is UnreadableCode.NOT_A_DOCUMENT


@pytest.mark.parametrize("salary", ["", "by agreement", {"value": "?"}, {"value": {"minValue": []}}, 7, True, None])
def test_read_job_posting_jsonld_odd_pay_is_none(salary):
    assert read({"@type": "JobPosting", "title": "Engineer", "baseSalary": salary}).ad.pay is None


def test_read_job_posting_jsonld_plain_amount_with_currency():
    pay = read({"@type": "JobPosting", "title": "Engineer", "baseSalary": "100000", "salaryCurrency": "USD"}).ad.pay
    assert (pay.low, pay.high, pay.currency, pay.period) == (100_000, 100_000, "USD", "year")
