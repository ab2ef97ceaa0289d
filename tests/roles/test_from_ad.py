import pytest

from assay.competencies.catalogue import shipped_catalogue
from assay.reading.jobads import read_job_ad
from assay.reading.read import read_document
from assay.roles.from_ad import profile_from_ad

AD = """{title}
Acme, Berlin

Requirements
- Python and SQL
- basic knowledge of Docker
Nice to have
- Kafka
"""


def profile_of(text):
    document = read_document(data=text.encode(), file_name="ad.txt")
    ad = read_job_ad(document=document, vocabulary=shipped_catalogue().vocabulary())
    return profile_from_ad(ad=ad, document=document, catalogue=shipped_catalogue()), document


@pytest.mark.parametrize(
    ("title", "python", "docker", "kafka"),
    [
        ("Machine Learning Engineer", 3, 2, 2),
        ("Senior Machine Learning Engineer", 4, 2, 3),
        ("Junior Machine Learning Engineer", 2, 2, 1),
    ],
)
def test_seniority_moves_only_levels_that_the_ad_leaves_open(title, python, docker, kafka):
    profile, _ = profile_of(AD.format(title=title))
    levels = {demand.competency: demand.level for demand in profile.demands}
    assert (levels["python"], levels["docker_kubernetes"], levels["streaming"]) == (python, docker, kafka)


def test_every_demand_quotes_the_ad_at_its_span():
    profile, document = profile_of(AD.format(title="ML Engineer"))
    quotes = [quote for demand in profile.demands for quote in demand.quotes]
    assert quotes
    assert [quote.text for quote in quotes] == [document.text[quote.start : quote.end] for quote in quotes]


def test_only_what_is_required_is_a_must_have():
    profile, _ = profile_of(AD.format(title="ML Engineer"))
    assert {demand.competency: demand.is_must_have for demand in profile.demands}["streaming"] is False
