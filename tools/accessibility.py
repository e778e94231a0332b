"""The accessibility statement: docs/accessibility-statement.md, made from docs/access.csv and what its tests say.

python tools/accessibility.py          run every test that a row names; write the statement if they all pass
python tools/accessibility.py --words  only write it anew from the rows, after a change of words
"""

import csv
import subprocess
import sys
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

HOUSE = Path(__file__).resolve().parents[1]
ROWS = HOUSE / "docs" / "access.csv"
STATEMENT = HOUSE / "docs" / "accessibility-statement.md"
Row = Mapping[str, str]
HEAD = """\
# Accessibility statement

Sayback is for everybody in the room. We work to WCAG 2.2, level AA, on the pages that people see on their phones, and
to the same ideas at the desk. This page is made by `tools/accessibility.py` from [access.csv](access.csv), after every
test that is named there has passed.

Sayback partly meets WCAG 2.2 AA: what does not hold is listed below.
"""
FOOT = """\
## How it was tested

By machine, on Linux: the phone pages in Chromium with axe-core and checks of our own, the desk through Qt's
accessibility tree and over a real AT-SPI bus. No person who uses a screen reader every day has tried this version yet:
`CONTRIBUTING.md` asks for it before a release. If something keeps you out, please tell the people who gave you Sayback,
or open an issue.
"""


def rows() -> list[Row]:
    """What is claimed, with the tests that prove it."""
    with ROWS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def statement(found: Sequence[Row]) -> str:
    """The page, in words."""
    holds = [f"- {row['what']}." for row in found if row["holds"] == "yes"]
    partly = [f"- {row['what']}: in part." for row in found if row["holds"] == "partly"]
    notes = [f"- {row['note']}" for row in found if row["note"]]
    missing = "\n## What is known not to hold, or was not tried\n"
    return "\n".join((HEAD, "## What holds\n", *holds, *partly, missing, *notes, "", FOOT))


def named_tests(found: Iterable[Row]) -> list[str]:
    """Every test that is named, once."""
    return list(dict.fromkeys(test for row in found for test in row["tests"].split()))


def main(arguments: list[str]) -> int:
    """The command; its exit code."""
    found = rows()
    if "--words" not in arguments:
        ended = subprocess.run([sys.executable, "-m", "pytest", "-q", *named_tests(found)], cwd=HOUSE)
        if ended.returncode:
            return ended.returncode
    STATEMENT.write_text(statement(found), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
