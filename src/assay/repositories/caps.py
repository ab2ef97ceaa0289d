"""What reading one repository may cost. Everything beyond is left out and labelled, or refused with a reason."""

import msgspec


class Caps(msgspec.Struct, frozen=True, kw_only=True):
    """Limits of one review. Times are wall-clock seconds, sizes bytes unless the name says otherwise."""

    total_bytes: int = 600_000_000
    """Objects of a repository, or files of an archive unpacked. Beyond it the repository is refused."""
    members: int = 200_000
    """Entries of an archive, or files below ``objects``."""
    refs_bytes: int = 32_000_000
    """Size of the list of references that is read to find the default branch."""
    blob_bytes: int = 1_000_000
    """Larger files are not read."""
    read_bytes: int = 120_000_000
    """All files together that are read at the tip."""
    paths: int = 50_000
    """Paths of the tip's tree that are looked at."""
    history_bytes: int = 400_000_000
    commits: int = 50_000
    commits_with_lines: int = 20_000
    """Of the newest so many commits the changed lines are counted; of older ones author and date alone are read."""
    blame_files: int = 2_000
    history_s: float = 20.0
    blame_s: float = 20.0
    growth_s: float = 2.0
    fetch_s: float = 120.0
    wall_s: float = 240.0
    """The whole review; the parent process ends it then."""
    cpu_s: int = 240
    memory_mib: int = 2048
    open_files: int = 256


DEFAULT_CAPS = Caps()
