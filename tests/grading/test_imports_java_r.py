"""Collections in Java and R, whole: what is right passes, what is empty or wrong does not."""

import json
import shutil

import pytest

from assay.grading.check import graded
from assay.grading.folder import task_from
from assay.grading.imports import read_collection
from assay.grading.prepare import prepare
from assay_runner.local import local_backend

HAS_BOX = shutil.which("bwrap") is not None
needs_java = pytest.mark.skipif(not HAS_BOX or shutil.which("javac") is None, reason="no Java development kit")
needs_r = pytest.mark.skipif(not HAS_BOX or shutil.which("Rscript") is None, reason="R is not installed")

TWIN_JAVA = {
    "task_id": "Java/900",
    "prompt": "import java.util.*;\n\nclass Solution {\n    public int twice(List<Integer> numbers) {\n",
    "canonical_solution": "        return 2 * numbers.stream().mapToInt(Integer::intValue).sum();\n    }\n}",
    "test": "public class Main {\n    public static void main(String[] args) {\n        Solution s = new Solution();\n"
    "        List<Boolean> correct = Arrays.asList(s.twice(Arrays.asList(1, 2)) == 6, s.twice(List.of()) == 0);\n"
    "        if (correct.contains(false)) {\n            throw new AssertionError();\n        }\n    }\n}",
}
WITHIN_JAVA = {
    "name": "Problem_900_twice",
    "language": "java",
    "prompt": "import java.util.*;\nclass Problem {\n    public static long twice(long number) {\n",
    "canonical_solution": "        return 2 * number;\n",
    "tests": "    }\n    public static void main(String[] args) {\n    assert(twice((3l)) == (6l));\n    }\n\n}\n",
}
NAMED_JAVA = {
    "task_id": "MBJP/900",
    "language": "java",
    "prompt": "import java.util.*;\n\nclass Twice {\n    public static int twice(int a) {\n",
    "canonical_solution": "        return 2 * a;\n    }\n}",
    "entry_point": "twice",
    "test": "class Main {\n    public static void main(String[] args) throws Exception {\n"
    "        if (Twice.twice(4) != 8) {\n            throw new Exception();\n        }\n    }\n}\n",
}
TWICE_R = {
    "name": "Problem_900_twice",
    "language": "r",
    "prompt": "# >>> twice(2)\n# 4\ntwice <- function(number) {",
    "canonical_solution": "\n    2 * number\n}",
    "tests": "test_humaneval <- function() {\n    candidate <- twice\n"
    "    if(!identical(candidate(2), 4)){quit('no', 1)}\n}\ntest_humaneval()",
}
LOOSE_R = {
    "task_id": "R/900",
    "prompt": "twice <- function(number) {",
    "canonical_solution": "\n    2 * number\n",
    "entry_point": "twice",
    "test": "stopifnot(twice(2) == 4)\n",
}


def verdicts(files):
    """How the reference, the starter and a hand-in that answers 1 fare."""
    task, run = task_from(slug="imported", files=files), local_backend(is_author=True).run
    hidden = prepare(task=task, seed=1, run=run)
    return [graded(task=task, hidden=hidden, hand_in=one, run=run).share for one in (task.reference, task.starter)]


def imported(tmp_path, record):
    path = tmp_path / "one.jsonl"
    path.write_text(json.dumps(record))
    [one] = read_collection(path=path)
    assert one.problem == ""
    return one.files


@needs_java
@pytest.mark.parametrize("record", [TWIN_JAVA, WITHIN_JAVA, NAMED_JAVA], ids=["own class", "within", "named"])
def test_java_record_proves_itself(tmp_path, record):
    assert verdicts(imported(tmp_path, record)) == [1.0, 0.0]


@needs_java
def test_java_that_is_wrong_does_not_pass(tmp_path):
    wrong = TWIN_JAVA | {"canonical_solution": TWIN_JAVA["canonical_solution"].replace("2 *", "3 *")}
    assert verdicts(imported(tmp_path, wrong))[0] == 0.0


@needs_java
def test_java_that_does_not_compile_says_so(tmp_path):
    broken = TWIN_JAVA | {"canonical_solution": "        return;\n    }\n}"}
    assert verdicts(imported(tmp_path, broken))[0] == 0.0


@needs_r
@pytest.mark.parametrize("record", [TWICE_R, LOOSE_R], ids=["identical", "stopifnot"])
def test_r_record_proves_itself(tmp_path, record):
    assert verdicts(imported(tmp_path, record)) == [1.0, 0.0]


@needs_r
def test_r_that_is_wrong_does_not_pass(tmp_path):
    wrong = TWICE_R | {"canonical_solution": "\n    3 * number\n}"}
    assert verdicts(imported(tmp_path, wrong))[0] == 0.0


def track(tmp_path, slug, files):
    for name, content in files.items():
        path = tmp_path / "exercises" / "practice" / slug / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)
    return tmp_path


@needs_r
def test_track_in_r(tmp_path):
    config = {"files": {"solution": ["twice.R"], "test": ["test_twice.R"], "example": [".meta/example.R"]}}
    path = track(tmp_path, "twice", {
        ".meta/config.json": json.dumps(config),
        ".meta/example.R": "twice <- function(x) 2 * x\n",
        "twice.R": "twice <- function(x) {\n\n}\n",
        "test_twice.R": 'source("./twice.R")\nlibrary(testthat)\n\ntest_that("two", expect_equal(twice(2), 4))\n',
    })  # fmt: skip
    [one] = read_collection(path=path)
    assert verdicts(one.files) == [1.0, 0.0]


@needs_java
def test_track_in_java_runs_the_tests_that_are_switched_off(tmp_path):
    config = {"files": {"solution": ["src/main/java/Twice.java"], "test": ["src/test/java/TwiceTest.java"],
                        "example": [".meta/src/reference/java/Twice.java"]}}  # fmt: skip
    half = "class Twice {\n    int of(int x) {\n        return x == 2 ? 4 : 0;\n    }\n}\n"
    path = track(tmp_path, "twice", {
        ".meta/config.json": json.dumps(config),
        ".meta/src/reference/java/Twice.java": "class Twice {\n    int of(int x) {\n        return 2 * x;\n    }\n}\n",
        "src/main/java/Twice.java": half,
        "src/test/java/TwiceTest.java": (
            "import org.junit.jupiter.api.*;\nimport static org.assertj.core.api.Assertions.assertThat;\n\n"
            "public class TwiceTest {\n    @Test\n"
            "    public void two() { assertThat(new Twice().of(2)).isEqualTo(4); }\n\n"
            '    @Disabled("Remove to run test")\n    @Test\n'
            "    public void three() { assertThat(new Twice().of(3)).isEqualTo(6); }\n}\n"
        ),
    })  # fmt: skip
    [one] = read_collection(path=path)
    assert verdicts(one.files) == [1.0, 0.0]
