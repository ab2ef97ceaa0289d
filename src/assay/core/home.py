"""Where a running Assay keeps what is its own: the embedded database, its key, its logs."""

import os
import secrets
from pathlib import Path


def home_path() -> Path:
    """Yield ``ASSAY_HOME``, by default ``.assay`` in the checkout (or in the working directory outside one)."""
    if given := os.environ.get("ASSAY_HOME"):
        return Path(given).resolve()
    checkout = Path(__file__).resolve().parents[3]
    base = checkout if (checkout / "pyproject.toml").is_file() else Path.cwd()
    return base / ".assay"


def secret_key(*, home: Path) -> str:
    """Yield the installation's key, made once with mode 0600 and kept in the home folder.

    The key is written in whole to a file of its own and linked into place, so two processes that start together
    agree on one key and neither reads half of it.
    """
    path = home / "secret-key"
    if not path.exists():
        home.mkdir(parents=True, exist_ok=True)
        draft = home / f"secret-key.{secrets.token_hex(4)}"
        draft.touch(mode=0o600)
        draft.write_text(secrets.token_urlsafe(50), encoding="ascii")
        try:
            os.link(draft, path)
        except FileExistsError:
            pass  # another process was first: its key is the one
        finally:
            draft.unlink()
    return path.read_text(encoding="ascii").strip()
