import io
import shutil
import tarfile
import zipfile

import pytest

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.origin.archive import Archive
from assay.repositories.origin.bring import bring


@pytest.fixture
def brought(tmp_path):
    def do(origin, **caps):
        return bring(origin=str(origin), target=tmp_path / "fresh", caps=Caps(**caps))

    return do


def refusal(brought, origin, **caps):
    with pytest.raises(RepositoryError) as caught:
        brought(origin, **caps)
    assert caught.value.message
    return caught.value.refusal


def test_folder_is_read_without_its_configuration_and_hooks(made, brought, tmp_path):
    made.commit({"a.py": "x = 1\n"})
    marker = tmp_path / "ran"
    hook = made.path / ".git/hooks/reference-transaction"
    hook.write_text(f"#!/bin/sh\ntouch {marker}\n")
    hook.chmod(0o755)
    made.git("config", "core.fsmonitor", f"touch {marker}")
    fresh = brought(made.path)
    assert fresh.git.run("log", "--format=%s") == b"Work\n"
    assert not marker.exists()
    assert not (fresh.git.folder / "hooks").exists()


def test_packed_refs_and_packs_are_read(made, brought):
    head = made.commit({"a.py": "x = 1\n"})
    made.git("gc", "-q")
    assert brought(made.path).git.run("rev-parse", "HEAD").decode().strip() == head


def test_bundle_is_read(made, brought, tmp_path):
    head = made.commit({"a.py": "x = 1\n"})
    made.git("bundle", "create", str(tmp_path / "w.bundle"), "--all")
    assert brought(tmp_path / "w.bundle").git.run("rev-parse", "HEAD").decode().strip() == head


def test_bundle_of_a_part_is_refused(made, brought, tmp_path):
    made.commit({"a.py": "x = 1\n"})
    made.commit({"a.py": "x = 2\n"})
    made.git("bundle", "create", str(tmp_path / "w.bundle"), "HEAD~1..main")
    assert refusal(brought, tmp_path / "w.bundle") is Refusal.INCOMPLETE


def test_truncated_bundle_is_refused(made, brought, tmp_path):
    made.commit({"a.py": "x = 1\n"})
    made.git("bundle", "create", str(tmp_path / "w.bundle"), "--all")
    data = (tmp_path / "w.bundle").read_bytes()
    (tmp_path / "w.bundle").write_bytes(data[:-15])
    assert refusal(brought, tmp_path / "w.bundle") is Refusal.BROKEN


def test_zip_with_history_keeps_it(made, brought, tmp_path):
    head = made.commit({"a.py": "x = 1\n"})
    shutil.make_archive(str(tmp_path / "w"), "zip", tmp_path, "work")
    fresh = brought(tmp_path / "w.zip")
    assert fresh.git.run("rev-parse", "HEAD").decode().strip() == head
    assert fresh.has_history


def test_tar_without_history_says_so(brought, tmp_path):
    with tarfile.open(tmp_path / "w.tar.gz", "w:gz") as archive:
        entry = tarfile.TarInfo('pro ject/ä "quoted".py')
        entry.size = 6
        archive.addfile(entry, io.BytesIO(b"x = 1\n"))
    fresh = brought(tmp_path / "w.tar.gz")
    assert not fresh.has_history
    assert fresh.git.run("ls-tree", "-r", "-z", "--name-only", "HEAD").decode() == 'pro ject/ä "quoted".py\0'


@pytest.mark.parametrize("name", ["/etc/passwd", "a/../../b", "a\\..\\b", "C:evil", "..", "x/" + "n" * 300])
def test_zip_with_a_name_that_leaves_is_refused(brought, tmp_path, name):
    with zipfile.ZipFile(tmp_path / "w.zip", "w") as archive:
        archive.writestr(zipfile.ZipInfo(name), "x")
    assert refusal(brought, tmp_path / "w.zip") is Refusal.UNSAFE_NAME


def test_tar_with_an_absolute_name_is_refused(brought, tmp_path):
    with tarfile.open(tmp_path / "w.tar", "w") as archive:
        archive.addfile(tarfile.TarInfo("/etc/cron.d/x"))
    assert refusal(brought, tmp_path / "w.tar") is Refusal.UNSAFE_NAME


def test_links_in_an_archive_are_left_out_and_named(brought, tmp_path):
    with tarfile.open(tmp_path / "w.tar", "w") as archive:
        link = tarfile.TarInfo("secret.py")
        link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
        archive.addfile(link)
        entry = tarfile.TarInfo("a.py")
        entry.size = 6
        archive.addfile(entry, io.BytesIO(b"x = 1\n"))
    fresh = brought(tmp_path / "w.tar")
    assert fresh.git.run("ls-tree", "-r", "--name-only", "HEAD") == b"a.py\n"
    assert fresh.notes[-1] == "1 links or devices in the archive were left out."


def test_zip_bomb_is_refused(brought, tmp_path):
    with zipfile.ZipFile(tmp_path / "w.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.py", b"\0" * 5_000_000)
    assert refusal(brought, tmp_path / "w.zip", total_bytes=1_000_000) is Refusal.TOO_LARGE


def test_zip_that_lies_about_its_size_is_refused(brought, tmp_path):
    with zipfile.ZipFile(tmp_path / "w.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.py", b"\0" * 100_000)
    data = (tmp_path / "w.zip").read_bytes().replace((100_000).to_bytes(4, "little"), (10).to_bytes(4, "little"))
    (tmp_path / "w.zip").write_bytes(data)
    assert refusal(brought, tmp_path / "w.zip") is Refusal.BROKEN


def test_encrypted_zip_is_refused(brought, tmp_path):
    with zipfile.ZipFile(tmp_path / "w.zip", "w") as archive:
        archive.writestr("a.py", "x")
    data = bytearray((tmp_path / "w.zip").read_bytes())
    data[6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "w.zip").write_bytes(data)
    assert refusal(brought, tmp_path / "w.zip") is Refusal.ENCRYPTED


def test_archive_with_more_members_than_allowed_is_refused(tmp_path):
    with zipfile.ZipFile(tmp_path / "w.zip", "w") as archive:
        for number in range(5):
            archive.writestr(f"{number}.py", "x")
    with pytest.raises(RepositoryError) as caught:
        Archive(path=tmp_path / "w.zip", caps=Caps(members=4)).members()
    assert caught.value.refusal is Refusal.TOO_LARGE


def test_alternates_are_refused(made, brought, tmp_path):
    made.commit({"a.py": "x = 1\n"})
    (made.path / ".git/objects/info/alternates").write_text("/var/lib/secret/objects\n")
    assert refusal(brought, made.path) is Refusal.BORROWED_OBJECTS


def test_alternates_within_an_archive_are_refused(made, brought, tmp_path):
    made.commit({"a.py": "x = 1\n"})
    (made.path / ".git/objects/info/alternates").write_text("/var/lib/secret/objects\n")
    shutil.make_archive(str(tmp_path / "w"), "zip", tmp_path, "work")
    assert refusal(brought, tmp_path / "w.zip") is Refusal.BORROWED_OBJECTS


def test_linked_objects_are_refused(made, brought):
    made.commit({"a.py": "x = 1\n"})
    (made.path / ".git/objects").rename(made.path / "elsewhere")
    (made.path / ".git/objects").symlink_to(made.path / "elsewhere")
    assert refusal(brought, made.path) is Refusal.BORROWED_OBJECTS


def test_git_file_that_points_elsewhere_is_refused(made, brought, tmp_path):
    made.commit({"a.py": "x = 1\n"})
    (tmp_path / "linked").mkdir()
    (tmp_path / "linked/.git").write_text(f"gitdir: {made.path}/.git\n")
    assert refusal(brought, tmp_path / "linked") is Refusal.BORROWED_OBJECTS


def test_repository_without_commits_is_refused(made, brought):
    assert refusal(brought, made.path) is Refusal.EMPTY


def test_shallow_clone_is_labelled(made, brought, tmp_path):
    for number in range(3):
        made.commit({"a.py": f"x = {number}\n"})
    made.git("clone", "-q", "--depth", "1", f"file://{made.path}", str(tmp_path / "shallow"))
    assert brought(tmp_path / "shallow").is_shallow


def test_broken_pack_is_refused(made, brought):
    made.commit({"a.py": "x = 1\n" * 500})
    made.git("gc", "-q")
    pack = next((made.path / ".git/objects/pack").glob("*.pack"))
    data = pack.read_bytes()
    pack.chmod(0o644)
    pack.write_bytes(data[: len(data) // 2])
    assert refusal(brought, made.path) is Refusal.BROKEN


def test_repository_over_the_size_cap_is_refused(made, brought):
    made.commit({"a.bin": bytes(range(256)) * 50})
    assert refusal(brought, made.path, total_bytes=100) is Refusal.TOO_LARGE


def test_sha256_repository_is_refused_with_the_reason(tmp_path, brought, made):
    made.git("init", "-q", "--object-format=sha256", str(tmp_path / "new"))
    assert refusal(brought, tmp_path / "new") is Refusal.UNSUPPORTED


@pytest.mark.parametrize("name", ["w.pdf", "missing.zip"])
def test_what_is_no_work_is_refused(brought, tmp_path, name):
    (tmp_path / "w.pdf").write_bytes(b"%PDF-1.7")
    assert refusal(brought, tmp_path / name) in {Refusal.NOT_AN_ARCHIVE, Refusal.NOT_A_REPOSITORY}
