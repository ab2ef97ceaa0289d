"""What of a folder of QTI 3.0 items the bank reads, and why not the rest.

``python -m bench.qti --data FOLDER``: every ``*.xml`` below the folder, such as 1EdTech's public examples. Items that
are read are written and read again; the two must be equal.
"""

import argparse
import sys
from collections import Counter
from pathlib import Path

from assay.itembank.qti import QtiError, to_qti
from assay.itembank.qti_reading import from_qti


def main() -> int:
    """Read every item; exit code 1 where one does not come back as it was."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True, metavar="FOLDER")
    files = sorted(parser.parse_args().data.rglob("*.xml"))
    if not files:
        print("qti: skipped, no *.xml in the folder")
        return 0
    refused: Counter[str] = Counter()
    read = lost = 0
    for file in files:
        try:
            found = from_qti(text=file.read_text(encoding="utf-8"))
        except (QtiError, UnicodeDecodeError) as error:
            refused[str(error).split(", not with")[0]] += 1
            continue
        again = from_qti(text=to_qti(variant=found, title=file.stem))
        is_same = (again.stem, again.options, again.key) == (found.stem, found.options, found.key)
        read, lost = read + 1, lost + (not is_same)
        if not is_same:
            print(f"does not come back as it was: {file}", file=sys.stderr)
    print(f"{len(files)} files: {read} read, of which {lost} do not come back; refused:")
    for reason, count in refused.most_common():
        print(f"  {count:4}  {reason}")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main())
