import pytest

from assay.reading.model import Depth
from assay.reading.skills.depth import depth_of


def reading(sentence: str, skill: str = "Kubernetes"):
    before, _, after = sentence.partition(skill)
    return depth_of(before=before, after=after)


@pytest.mark.parametrize(
    "sentence",
    [
        "No experience with Kubernetes",
        "I have no production experience with Docker or Kubernetes",
        "Not yet worked with Kubernetes",
        "Never used Kubernetes",
        "I haven't used Kubernetes",
        "no prior knowledge of Kubernetes",
        "without any Kubernetes",
        "lacking experience in Kubernetes",
        "ohne Kubernetes",
        "Keine Kenntnisse in Kubernetes",
        "keine Erfahrung mit Kubernetes",
        "Noch nicht gearbeitet mit Kubernetes",
        "sans expérience de Kubernetes",
        "sin experiencia en Kubernetes",
        "Kubernetes: none",
        "Kubernetes (not yet)",
        "eager to learn Kubernetes",
        "Expert in Python, but no experience with Kubernetes",
    ],
)
def test_depth_of_denied_skill(sentence):
    assert reading(sentence).depth is Depth.NEGATED


@pytest.mark.parametrize(
    "sentence",
    [
        "Basic knowledge of Kubernetes",
        "basic knowledge of Docker, Helm and Kubernetes",
        "Familiar with Kubernetes",
        "Some exposure to Kubernetes",
        "Currently learning Kubernetes",
        "Grundkenntnisse in Kubernetes",
        "Grundkenntnisse: Docker, Kubernetes",
        "Kubernetes (basic)",
        "Kubernetes – beginner",
        "Kubernetes: Grundkenntnisse",
        "Kubernetes ●●○○○",
        "Kubernetes 2/5",
        "Kubernetes 30%",
        "notions de Kubernetes",
        "conocimientos básicos de Kubernetes",
        "Expert in Python, basic knowledge of Kubernetes",
    ],
)
def test_depth_of_basic_skill(sentence):
    assert reading(sentence).depth is Depth.BASIC


@pytest.mark.parametrize(
    "sentence",
    [
        "Deep knowledge of Kubernetes",
        "Expert in Kubernetes",
        "Led the migration to Kubernetes",
        "Kubernetes (advanced)",
        "Kubernetes: expert",
        "Kubernetes ★★★★☆",
        "Kubernetes: ●●●●○",
        "Kubernetes 9/10",
        "Kubernetes 90%",
        "6 years of Kubernetes",
        "Kubernetes (7 years)",
        "fundierte Kenntnisse in Kubernetes",
        "maîtrise de Kubernetes",
        "Basic knowledge of Rust; strong in Kubernetes",
    ],
)
def test_depth_of_strong_skill(sentence):
    assert reading(sentence).depth is Depth.STRONG


@pytest.mark.parametrize(
    "sentence",
    [
        "Deployed 12 services on Kubernetes",
        "Kubernetes",
        "Docker, Kubernetes, Helm",
        "Not only Docker but Kubernetes",
        "Upgraded clusters without downtime using Kubernetes",
        "No downtime in two years of running Kubernetes",
        "Deep learning on Kubernetes",
        "No PhD. Kubernetes in production",
        "Kubernetes ●●●○○",
        "Kubernetes (intermediate)",
        "I led a team of five people who built a product for banks in Spain. Used Kubernetes",
        "Excellent communication with clients, and shipping of web services on Kubernetes",
    ],
)
def test_depth_of_plain_statement(sentence):
    assert reading(sentence).depth is Depth.STATED


@pytest.mark.parametrize(
    ("sentence", "years"),
    [
        ("8 years of Kubernetes", 8.0),
        ("5+ years' experience with Kubernetes", 5.0),
        ("over 3 years of hands-on experience with Docker and Kubernetes", 3.0),
        ("Kubernetes (2 yrs)", 2.0),
        ("Kubernetes: 1.5 years", 1.5),
        ("Kubernetes for 4 years", 4.0),
        ("3 Jahre Erfahrung mit Kubernetes", 3.0),
        ("4 ans d'expérience en Kubernetes", 4.0),
        ("5 años de experiencia con Kubernetes", 5.0),
        ("Kubernetes in 2019", None),
        ("Kubernetes, 12 clusters", None),
        ("In 10 years the company grew. Kubernetes", None),
    ],
)
def test_depth_of_reads_claimed_years(sentence, years):
    assert reading(sentence).years == years
