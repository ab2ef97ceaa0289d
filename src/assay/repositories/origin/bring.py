"""Whatever was given, an address, a folder, a bundle, an archive or a file, becomes a fresh repository."""

from pathlib import Path

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.origin.address import PUBLIC, AddressPolicy
from assay.repositories.origin.archive import Archive
from assay.repositories.origin.bundle import bring_bundle, is_bundle
from assay.repositories.origin.fetch import bring_address
from assay.repositories.origin.files import bring_archive, bring_files
from assay.repositories.origin.folder import Brought, bring_folder, git_folder_of

READ_AS_THEY_ARE = frozenset({".ipynb", ".py", ".r", ".rmd", ".java", ".scala", ".sql"})
"""Endings of single files that are read without an archive around them."""


def is_address(text: str) -> bool:
    """Say whether a person meant an address rather than a path."""
    return "://" in text or text.startswith("git@")


def bring(*, origin: str, target: Path, caps: Caps, policy: AddressPolicy = PUBLIC) -> Brought:
    """Yield a fresh repository at ``target``, which must not exist yet. Raises `RepositoryError`."""
    if is_address(origin):
        return bring_address(url=origin, target=target, caps=caps, policy=policy)
    path = Path(origin)
    if path.is_dir():
        found = git_folder_of(path)
        if found is None:
            return bring_files(source=path, target=target, caps=caps)
        return bring_folder(source=found, target=target, caps=caps)
    if not path.is_file():
        message = f"There is nothing at {origin}. Give an https address, a folder, a git bundle, a zip or a tar."
        raise RepositoryError(refusal=Refusal.NOT_A_REPOSITORY, message=message)
    if is_bundle(path):
        return bring_bundle(source=path, target=target, caps=caps)
    if path.suffix.lower() in READ_AS_THEY_ARE:
        return bring_files(source=path, target=target, caps=caps)
    Archive(path=path, caps=caps)
    return bring_archive(source=path, target=target, caps=caps)
