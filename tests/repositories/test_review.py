import os
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from assay.core.clock import today
from assay.core.content import content_path
from assay.repositories.caps import Caps
from assay.repositories.model import Depth, Standing
from assay.repositories.protocol import Request
from assay.repositories.review import review
from assay.repositories.rules import rules_from_mapping
from assay.science.similarity import winnowing

ME, OTHER = "ann@example.org", "bob@example.org"
MODEL = """import torch
from torch import nn


class Net(nn.Module):
    def __init__(self):
        super().__init__()
        self.one = nn.Linear(4, 8)
        self.two = nn.Linear(8, 1)

    def forward(self, x):
        return self.two(torch.relu(self.one(x)))
"""
TESTS = """from model import Net


def test_net():
    net = Net()
    assert net is not None
    assert net.one
    assert net.two
"""


@pytest.fixture(scope="module")
def rules():
    return rules_from_mapping(yaml.safe_load((content_path() / "sources/repositories.yaml").read_text("utf-8")))


@pytest.fixture
def report(made, tmp_path, rules):
    def do(origin=None, mine=None, **more):
        folder = tmp_path / f"work-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        caps = Caps(**more.pop("caps", {}))
        request = Request(
            origin=str(origin or made.path), mine=mine if mine is not None else {ME: Standing.CLAIMED}, rules=rules,
            public_on=more.pop("public_on", {}), today=today(), caps=caps, **more,
        )  # fmt: skip
        return review(request=request, folder=folder)

    return do


def tool(report, name):
    return next((one for one in report.tools if one.tool == name), None)


def test_own_work_is_told_with_its_places(made, report):
    made.commit({"model.py": MODEL, "test_model.py": TESTS})
    made.commit({"README.md": "# Net\n" * 20})
    found = report()
    assert (found.authorship.own_commits, found.source.commits) == (2, 2)
    assert found.authorship.own_lines == found.authorship.blamed_lines == 15
    torch = tool(found, "PyTorch")
    assert (torch.depth, torch.competency) == (Depth.USED, "pytorch")
    assert torch.places[0].text == "class Net(nn.Module):"
    assert {one.id for one in found.practices} == {"tests", "own_networks", "documentation"}


def test_only_own_lines_count(made, report):
    made.commit({"model.py": MODEL}, email=OTHER, name="Bob")
    made.commit({"model.py": MODEL + "\n\ndef helper(a):\n    return a + 1\n"})
    found = report()
    assert (found.authorship.own_lines, found.authorship.blamed_lines) == (2, 11)
    assert tool(found, "PyTorch") is None
    assert found.observations == ()
    lines = {person.email: person.lines for person in found.authorship.people}
    assert lines == {ME: 4, OTHER: 12}


def test_reformatting_others_lines_does_not_make_them_own(made, report):
    made.commit({"model.py": MODEL}, email=OTHER, name="Bob")
    made.commit({"model.py": MODEL.replace("    ", "\t")})
    assert report().authorship.own_lines == 0


def test_moved_file_stays_its_authors(made, report):
    made.commit({"model.py": MODEL})
    made.git("mv", "model.py", "net.py")
    made.commit({}, email=OTHER, name="Bob")
    assert report().authorship.own_lines == 9


def test_odd_names_are_blamed_or_named_as_left_over(made, report):
    names = [":(exclude)a.py", "-c.py", "a b\tc.py", "ä.py"]
    made.commit(dict.fromkeys(names, MODEL), email=OTHER, name="Bob")
    made.commit(dict.fromkeys(names, MODEL + "x = 1\n"))
    assert report().authorship.own_lines == 4
    raw = os.fsdecode(b"caf\xe9.py")
    made.commit({raw: MODEL}, email=OTHER, name="Bob")
    made.commit({raw: MODEL + "x = 1\n"})
    found = report()
    assert found.authorship.own_lines == 4
    assert "1 file could not be looked at in the time there was; its lines count as others'." in found.source.notes


def test_mailmap_of_the_repository_is_not_believed(made, report):
    made.commit({"model.py": MODEL}, email=OTHER, name="Bob")
    made.commit({".mailmap": f"<{ME}> <{OTHER}>\n", "a.py": "x = 1\n"})
    found = report()
    assert (found.authorship.own_commits, found.authorship.own_lines) == (1, 1)


def test_wrong_address_says_whose_commits_there_are(made, report):
    made.commit({"a.py": "x = 1\n"})
    found = report(mine={"nobody@example.org": Standing.CLAIMED})
    assert found.authorship.own_commits == 0
    assert [(person.email, person.commits) for person in found.authorship.people] == [(ME, 1)]
    assert found.observations == ()
    assert found.questions == ()


def test_same_name_under_another_address_is_asked_about(made, report):
    made.commit({"a.py": "x = 1\n"})
    made.commit({"b.py": "x = 1\n"}, email="ann@old.example")
    assert report().authorship.lookalikes == ("ann@old.example",)


def test_weakest_address_sets_the_standing(made, report):
    made.commit({"a.py": MODEL})
    made.commit({"b.py": MODEL}, email="ann@old.example")
    both = {ME: Standing.CONFIRMED, "ann@old.example": Standing.CLAIMED}
    assert report(mine=both).authorship.standing is Standing.CLAIMED
    assert report(mine=dict.fromkeys(both, Standing.CONFIRMED)).authorship.standing is Standing.CONFIRMED


def test_doubt_grows_from_confirmed_to_without_history(made, report, tmp_path):
    made.commit({"model.py": MODEL})
    plain = tmp_path / "plain"
    plain.mkdir()
    (plain / "model.py").write_text(MODEL)
    chances = [
        found.observations[0].p_not_authored
        for found in (report(mine={ME: Standing.CONFIRMED}), report(), report(origin=plain))
    ]
    assert chances == pytest.approx([0.05, 0.15, 0.40])


def test_vendored_generated_and_locked_files_are_nobodys(made, report):
    made.commit(
        {
            "vendor/torch_code.py": MODEL,
            "lib/node_modules/a.js": "x\n",
            "api_pb2.py": MODEL,
            "poetry.lock": "x\n",
            "made.py": "# Code generated by a tool. DO NOT EDIT.\n" + MODEL,
            "own.py": "x = 1\n",
        }
    )
    assert report().authorship.own_lines == 1


def test_bots_merges_and_imports_are_labelled(made, report):
    made.commit({"a.py": "x = 1\n" * 2500})
    made.git("checkout", "-q", "-b", "side")
    made.commit({"b.py": "y = 1\n"})
    made.git("checkout", "-q", "main")
    made.commit({"c.py": "z = 1\n"}, message="Add c (#7)\n\nCo-authored-by: Bob <bob@example.org>")
    made.git("merge", "-q", "--no-ff", "-m", "Merge side", "side")
    made.commit({"d.py": "z = 1\n"}, email="49699333+dependabot[bot]@users.noreply.github.com", name="dependabot[bot]")
    found = report()
    assert found.authorship.labels == {"bulk import": 1, "co-authored": 1, "merge": 1}
    assert [person.is_bot for person in found.authorship.people] == [False, True]


def test_commits_of_others_that_name_them_are_counted_apart(made, report):
    made.commit({"a.py": "x = 1\n"}, email=OTHER, name="Bob", message=f"Pair\n\nCo-authored-by: Ann <{ME.upper()}>")
    found = report()
    assert (found.authorship.own_commits, found.authorship.shared_commits) == (0, 1)


def test_history_in_one_burst_is_a_question(made, report):
    made.commit({"a.py": "x = 1\n" * 400})
    made.commit({"b.py": "x = 1\n"})
    (flag,) = report().flags
    assert flag.id == "burst"
    assert flag.base_rate


def test_tool_before_it_was_public_is_a_question_and_an_old_file_is_none(made, report):
    public_on = {"pytorch": date(2023, 11, 20)}
    made.clock = 1_600_000_000
    made.commit({"model.py": "x = 1\n"})
    made.clock = 1_700_800_000
    made.commit({"model.py": MODEL})
    assert [flag.id for flag in report(public_on=public_on).flags] == []
    assert [flag.id for flag in report(public_on={"pytorch": date(2024, 6, 1)}).flags] == ["early_tool"]


def test_copy_is_named_with_its_source_and_given_code_is_not(made, report, tmp_path):
    source = tmp_path / "course"
    source.mkdir()
    code = Path(winnowing.__file__).read_text(encoding="utf-8")
    (source / "lesson.py").write_text(code)
    made.commit({"mine.py": code.replace("hashes", "left").replace("found", "right").replace("lines", "rows")})
    found = report(against=(str(source),))
    assert [(copy.path, copy.source) for copy in found.copies] == [("mine.py", "course: lesson.py")]
    assert found.copies[0].containment >= 0.9
    assert "copied" in {flag.id for flag in found.flags}
    assert report(against=(str(source),), starters=(str(source),)).copies == ()


def test_questions_are_about_own_commits_of_a_size_to_talk_about(made, report):
    made.commit({"a.py": "x = 1\n" * 3000}, message="Import everything")
    for number in range(7):
        lines = "".join(f"value_{number}_{n} = {n}\n" for n in range(30))
        made.commit({f"part{number}.py": lines}, message=["Fix a crash", "Add part"][number % 2], days=40)
    made.commit({"other.py": "y = 2\n" * 50}, email=OTHER, name="Bob", message="Fix theirs")
    found = report()
    assert len(found.questions) == 5
    assert {one.subject for one in found.questions} == {"Fix a crash", "Add part"}
    assert all("+value_" in one.diff for one in found.questions)


def test_long_history_is_truncated_and_labelled(made, report):
    for number in range(12):
        made.commit({"a.py": f"x = {number}\n"})
    found = report(caps={"commits_with_lines": 5, "commits": 8})
    assert found.source.is_truncated
    assert found.source.commits == 8
    assert "Only the newest 8 commits were read." in found.source.notes


def test_dates_in_the_future_do_not_make_it_fresher(made, report):
    made.clock = 4_000_000_000
    made.commit({"model.py": MODEL})
    found = report()
    assert {one.on for one in found.observations} == {today()}
    assert [flag.id for flag in found.flags] == ["future"]


def test_two_repositories_of_one_origin_share_their_root(made, report, tmp_path):
    first = made.commit({"a.py": "x = 1\n"})
    made.git("clone", "-q", str(made.path), str(tmp_path / "fork"))
    assert report().source.root == report(origin=tmp_path / "fork").source.root == first


def test_report_survives_json(made, report):
    made.commit({"model.py": MODEL})
    found = report()
    assert msgspec.json.decode(msgspec.json.encode(found), type=type(found)) == found
