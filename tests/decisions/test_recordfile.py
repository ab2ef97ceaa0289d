"""The signed file: what is signed is what is read, and nothing else."""

import base64
import json
import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.cli.main import main
from assay.decisions.recordfile import RecordError, fingerprint_of, public_bytes, signed_file, signing_key, verified

KEY = signing_key(secret="a secret of tests", organisation="northwind")
RECORD = {
    "issuer": {"organisation": "Northwind"}, "issued_at": "2026-11-24T12:00:00+00:00",
    "resume": {"basics": {"name": "Inês Duarte"}},
    "evidence": [{"name": "Python", "level": "strong", "sources": [{"source": "Exercise", "observations": 2}]}],
}  # fmt: skip
FILE = signed_file(record=RECORD, key=KEY)

words = st.text(st.characters(exclude_categories=["Cs"]))
values = st.recursive(
    st.none() | st.booleans() | st.integers() | words,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words, inner, max_size=4),
    max_leaves=12,
)


def changed(change):
    file = json.loads(FILE)
    change(file)
    return json.dumps(file).encode()


@given(record=st.dictionaries(words, values, max_size=5))
def test_record_comes_back_as_it_was_signed(record):
    assert verified(data=signed_file(record=record, key=KEY)).record == record


def test_file_may_be_written_anew_by_other_tools():
    assert verified(data=json.dumps(json.loads(FILE), indent=None).encode()).record == RECORD
    assert verified(data=json.dumps(json.loads(FILE), ensure_ascii=True, indent=7).encode()).record == RECORD


def test_key_is_the_same_each_time_and_another_for_another_organisation():
    same = signing_key(secret="a secret of tests", organisation="northwind")
    other = signing_key(secret="a secret of tests", organisation="southwind")
    assert public_bytes(same) == public_bytes(KEY)
    assert public_bytes(other) != public_bytes(KEY)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda file: file["record"]["evidence"][0].update(level="expert"), "changed after"),
        (lambda file: file["record"].update(more=True), "changed after"),
        (lambda file: file.update(note="by the way"), "not signed"),
        (lambda file: file.update(format="assay-record/2"), "no signed record"),
        (lambda file: file.pop("signature"), "no signed record"),
        (lambda file: file["signature"].update(value="AAAA"), "damaged"),
        (lambda file: file["signature"].update(value=7), "damaged"),
        (lambda file: file["signature"].update(algorithm="none"), "not known"),
        (lambda file: file["signature"].update(public_key=base64.b64encode(bytes(32)).decode()), "changed after"),
        (lambda file: file["record"].update(weight=0.5), "fraction"),
        (lambda file: file["record"].update(weight=float("nan")), "fraction"),
    ],
)  # fmt: skip
def test_changed_file_is_not_verified(change, says):
    with pytest.raises(RecordError, match=says):
        verified(data=changed(change))


@pytest.mark.parametrize(
    "data",
    [b"", b"null", b"[1]", b"\xff\xfe", b"{", b"[" * 200_000, b'{"format":"assay-record/1"}', b" " * (5 * 2**20),
     b'{"format": ' + b"9" * 5000 + b"}", FILE.replace(b"strong", b"\\ud800"),
     FILE.replace(b'"record": {', b'"record": {}, "record": {', 1)],
    ids=["empty", "null", "list", "bytes", "half", "deep", "bare", "large", "digits", "half a letter", "twice"],
)  # fmt: skip
def test_garbage_is_refused_in_words(data):
    with pytest.raises(RecordError):
        verified(data=data)


def test_number_that_has_no_canonical_form_is_not_signed():
    with pytest.raises(RecordError):
        signed_file(record={"weight": 0.5}, key=KEY)


def test_key_of_somebody_else_does_not_pass_for_the_issuers(tmp_path, capsys):
    path = tmp_path / "record.json"
    path.write_bytes(signed_file(record=RECORD, key=signing_key(secret="forger", organisation="northwind")))
    assert main(["verify-record", str(path), "--key", fingerprint_of(public_bytes(KEY))]) == 1
    assert "another key" in capsys.readouterr().err


def test_command_says_what_is_vouched_for(tmp_path, capsys):
    path = tmp_path / "record.json"
    path.write_bytes(FILE)
    assert main(["verify-record", str(path), "--key", fingerprint_of(public_bytes(KEY)).upper()]) == 0
    out = capsys.readouterr().out
    assert "The signature holds. Signed by “Northwind”" in out
    assert "  Python: strong (Exercise)" in out


def test_command_refuses_with_one_line(tmp_path, capsys):
    path = tmp_path / "record.json"
    path.write_bytes(FILE.replace(b"strong", b"expert"))
    assert main(["verify-record", str(path)]) == 1
    assert main(["verify-record", str(tmp_path / "none.json")]) == 2
    assert capsys.readouterr().err.count("\n") == 2


def test_words_of_a_record_do_not_reach_the_terminal_as_commands(tmp_path, capsys):
    path = tmp_path / "record.json"
    path.write_bytes(
        signed_file(record={"issuer": {"organisation": "\x1b[2Jx"}, "evidence": ["no", {"sources": 1}]}, key=KEY)
    )
    assert main(["verify-record", str(path)]) in {0, 1}
    assert "\x1b" not in capsys.readouterr().out


def test_verifying_needs_no_site():
    code = "import sys; import assay.decisions.recordfile, assay.cli.verify_record; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
