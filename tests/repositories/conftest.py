"""Small repositories, made by git itself."""

import os
import subprocess
from pathlib import Path

import pytest

ME = "ann@example.org"
OTHER = "bob@example.org"


class Made:
    """A repository being made."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.clock = 1_700_000_000
        path.mkdir(parents=True, exist_ok=True)
        self.git("init", "-q", "-b", "main")

    def git(self, *words: str, email: str = ME, name: str = "Ann", given: str | None = None) -> str:
        env = {
            "PATH": os.environ["PATH"], "HOME": str(self.path),
            "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_AUTHOR_NAME": name, "GIT_AUTHOR_EMAIL": email,
            "GIT_COMMITTER_NAME": name, "GIT_COMMITTER_EMAIL": email,
            "GIT_AUTHOR_DATE": f"{self.clock} +0000", "GIT_COMMITTER_DATE": f"{self.clock} +0000",
        }  # fmt: skip
        done = subprocess.run(
            ["git", *words], cwd=self.path, env=env, capture_output=True, text=True, check=True, input=given
        )
        return done.stdout.strip()

    def commit(
        self,
        files: dict[str, str | bytes],
        *,
        message: str = "Work",
        email: str = ME,
        name: str = "Ann",
        days: float = 1,
    ) -> str:
        for path, text in files.items():
            target = self.path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(text if isinstance(text, bytes) else text.encode())
        self.clock += int(days * 86_400)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message, email=email, name=name)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def made(tmp_path: Path) -> Made:
    return Made(tmp_path / "work")
