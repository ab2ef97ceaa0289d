import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.reading.vocabulary import Term, Vocabulary
from assay.reading.words import stem

VOCABULARY = Vocabulary(
    version="test",
    terms=(
        Term(name="Python", competency="python", is_tool=True),
        Term(name="PyTorch", competency="deep_learning", aliases=("torch",), is_tool=True),
        Term(name="PyTorch Lightning", competency="deep_learning", is_tool=True),
        Term(name="TensorFlow", competency="deep_learning", aliases=("TF2",), is_tool=True),
        Term(name="scikit-learn", competency="classical_ml", aliases=("sklearn",), is_tool=True),
        Term(name="Keras", competency="deep_learning", is_tool=True),
        Term(name="C++", competency="systems_programming", is_tool=True),
        Term(name="C", competency="systems_programming", needs_context=True, is_case_sensitive=True, is_tool=True),
        Term(name="C#", competency="dotnet", is_tool=True),
        Term(name=".NET", competency="dotnet", is_tool=True),
        Term(name="Node.js", competency="web", aliases=("NodeJS",), is_tool=True),
        Term(name="R", competency="r", is_case_sensitive=True, needs_context=True, is_tool=True),
        Term(name="Go", competency="go", aliases=("Golang",), needs_context=True, is_tool=True),
        Term(name="Spark", competency="data_engineering", needs_context=True, is_tool=True),
        Term(name="Apache Spark", competency="data_engineering", aliases=("PySpark",), is_tool=True),
        Term(name="Swift", competency="ios", needs_context=True, is_tool=True),
        Term(name="Java", competency="java", needs_context=True, is_tool=True),
        Term(name="Scala", competency="scala", needs_context=True, is_tool=True),
        Term(name="SQL", competency="sql", is_tool=True),
        Term(name="NLP", competency="nlp", is_case_sensitive=True),
        Term(name="natural language processing", competency="nlp"),
        Term(name="CV", competency="computer_vision", is_case_sensitive=True, needs_context=True),
        Term(name="computer vision", competency="computer_vision"),
        Term(name="ML", competency="machine_learning", is_case_sensitive=True, needs_context=True),
        Term(name="machine learning", competency="machine_learning"),
        Term(name="neural network", competency="deep_learning"),
        Term(name="Transformers", competency="nlp", needs_context=True, is_case_sensitive=True),
        Term(name="CI/CD", competency="mlops"),
        Term(name="A/B testing", competency="experimentation", aliases=("A/B test",)),
        Term(name="deploying models", competency="deployment", is_prose=True),
        Term(name="large language model", competency="llm", aliases=("LLM",)),
        Term(name="AWS", competency="cloud", aliases=("Amazon Web Services",), is_tool=True),
    ),
)


def named(text: str) -> list[str]:
    return [hit.term.name for hit in VOCABULARY.hits(text=text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("scikit-learn", ["scikit-learn"]),
        ("Scikit Learn", ["scikit-learn"]),
        ("scikitlearn and SKLEARN", ["scikit-learn", "scikit-learn"]),
        ("sci kit learn", []),
        ("Tensor Flow, tensorflow, Tensor-Flow", ["TensorFlow"] * 3),
        ("PyTorch/TensorFlow", ["PyTorch", "TensorFlow"]),
        ("pytorch lightning", ["PyTorch Lightning"]),
        ("C++, C# and .NET", ["C++", "C#", ".NET"]),
        ("C++17 services", ["C++"]),
        ("ASP.NET", []),
        ("node.js and NodeJS", ["Node.js", "Node.js"]),
        ("Built LLMs and neural networks", ["large language model", "neural network"]),
        ("Natural-Language Processing", ["natural language processing"]),
        ("machine\nlearning", ["machine learning"]),
        ("machine. Learning", []),
        ("machine, learning", []),
        ("NLP pipelines", ["NLP"]),
        ("nlp", []),
        ("CI/CD, CI-CD, cicd", ["CI/CD"] * 3),
        ("A/B tests", ["A/B testing"]),
        ("Pythonic snakes", []),
        ("Python's", ["Python"]),
        ("Python-based", ["Python"]),
        ("Kerass", []),
        ("Erfahrung mit PYTHON", ["Python"]),
        ("I deployed several models", ["deploying models"]),
        ("model deploys", []),
        ("deploying. Models", []),
    ],
)
def test_hits_spelling_variants(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Python, R, SQL", ["Python", "R", "SQL"]),
        ("python, r, sql", ["Python", "SQL"]),
        ("python, go, sql", ["Python", "Go", "SQL"]),
        ("Languages: R", ["R"]),
        ("programming in R", ["R"]),
        ("experience with R or SAS", ["R"]),
        ("R programming", ["R"]),
        ("C/C++", ["C", "C++"]),
        ("Go microservices on AWS", ["Go", "AWS"]),
        ("Wrote the backend in Go and Python", ["Go", "Python"]),
        ("Spark jobs", ["Spark"]),
        ("Moved ETL to Python with Spark on AWS", ["Python", "Spark", "AWS"]),
        ("Programmierung in Java", ["Java"]),
        ("Swift, Go, Scala", ["Swift", "Go", "Scala"]),
        ("NLP/CV", ["NLP", "CV"]),
        ("ML engineer", ["ML"]),
        ("• Python\n• R\n• SQL", ["Python", "R", "SQL"]),
        ("Python | Java | Go", ["Python", "Java", "Go"]),
    ],
)
def test_hits_ambiguous_word_in_technical_company(text, expected):
    assert named(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "R&D department",
        "head of R & D",
        "we go to market",
        "Go to market strategy",
        "sparks that spark joy",
        "Spark joy in every customer",
        "attached is my CV",
        "see CV for details",
        "pipetted 5 ml of buffer",
        "two years on the island of Java",
        "final grade: C",
        "Opera season at Teatro alla Scala di Milano",
        "swift decisions",
        "Taylor Swift",
        "Paris, R. Dupont",
        "Electrical transformers and switchgear",
        "Transformers (2007), the film",
        "Vitamin C",
        "J. R. Smith",
        "On the go",
        "Go, team!",
    ],
)
def test_hits_ambiguous_word_elsewhere(text):
    assert named(text) == []


def test_hits_ambiguous_word_near_python_but_not_used():
    assert named("We go to market with Python. Then we spark joy.") == ["Python"]


@pytest.mark.parametrize(
    "text",
    ["two years on the island of Java", "Java islands", "Scala di Milano", "Taylor Swift", "Monty Python"],
)
def test_hits_name_of_a_place_or_person_even_if_the_map_calls_it_clear(text):
    names = ("Java", "Scala", "Swift", "Python")
    clear = Vocabulary(version="1", terms=tuple(Term(name=name, competency=name, is_tool=True) for name in names))
    assert clear.hits(text=text) == ()


def test_hits_compound_of_ordinary_words_is_not_parted():
    vocabulary = Vocabulary(version="1", terms=(Term(name="AtScale", competency="bi", is_tool=True),))
    assert [vocabulary.hits(text=text) != () for text in ("AtScale", "atscale", "at scale")] == [True, True, False]


def test_hits_same_spelling_of_two_competencies_gives_both():
    both = Vocabulary(version="1", terms=(Term(name="Ray", competency="a"), Term(name="Ray", competency="b")))
    assert [hit.term.competency for hit in both.hits(text="using Ray")] == ["a", "b"]


def test_stem_maps_inflections_to_one_form():
    assert {stem(word) for word in ("deploy", "deploys", "deployed", "deploying")} == {"deploy"}
    assert {stem(word) for word in ("serve", "serves", "served", "serving")} == {"serv"}
    assert stem("planning") == stem("plan")
    assert stem("analysis") == "analysis"


FRAGMENTS = st.lists(
    st.sampled_from(
        ["Python", "R", "Go", "Spark", "C++", "scikit", "learn", "machine", "learning", " ", ", ", "-", "\n", ". ", "/"]
    )
    | st.text(max_size=4),
    max_size=40,
).map("".join)


@settings(deadline=None)
@given(FRAGMENTS)
def test_hits_lie_in_the_text_in_order(text):
    hits = VOCABULARY.hits(text=text)
    assert hits == VOCABULARY.hits(text=text)
    assert [hit.start for hit in hits] == sorted(hit.start for hit in hits)
    for hit in hits:
        words = text[hit.start : hit.end]
        assert words
        assert words == words.strip()


@settings(deadline=None)
@given(
    st.sampled_from([t for t in VOCABULARY.terms if not t.needs_context]), st.sampled_from(["{}", "({})", "Use {}."])
)
def test_hits_every_term_by_its_own_name(term, frame):
    text = frame.format(term.name)
    (hit,) = VOCABULARY.hits(text=text)
    assert text[hit.start : hit.end] == term.name
