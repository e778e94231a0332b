"""Lists every package we pin, with its licence: as a CycloneDX bill of materials, or as docs/licences.csv.

python tools/sbom.py              the bill of materials of what runs (JSON)
python tools/sbom.py --licences   every pinned package, with its licence (CSV)
"""

import csv
import json
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import TextIO

HOUSE = Path(__file__).resolve().parents[1]
RUNNING = ("desk.txt", "online.txt")

# Read by a person in the package's licence file: its metadata has no SPDX name, or it is for another system.
READ_BY_A_PERSON = {
    "axe-playwright-python": "MIT",
    "backports-tarfile": "MIT",
    "click-default-group": "BSD-3-Clause",
    "colorama": "BSD-3-Clause",
    "grimp": "BSD-2-Clause",
    "httpx2-jsfetch": "BSD-3-Clause",
    "immutables": "Apache-2.0",
    "import-linter": "BSD-2-Clause",
    "jaraco-classes": "MIT",
    "jinja2": "BSD-3-Clause",
    "markdown-it-py": "MIT",
    "mdurl": "MIT",
    "pathspec": "MPL-2.0",
    "pywin32-ctypes": "BSD-3-Clause",
    "qrcode": "BSD-3-Clause",
    "reportlab": "BSD-3-Clause",
    "sortedcontainers": "Apache-2.0",
    "sqlite-fts4": "Apache-2.0",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pin:
    """One package at one version, with the hashes its files may have."""

    name: str
    version: str
    hashes: tuple[str, ...]


def pins(requirements: str) -> list[Pin]:
    """What a file of requirements pins: `name==version ; marker`, then its hashes on lines of their own."""
    found = re.findall(r"^([\w.-]+)==([\w.]+)([^\n]*\n(?:    --hash[^\n]*\n)*)", requirements, re.MULTILINE)
    return [Pin(name=n, version=v, hashes=tuple(re.findall(r"sha256:(\w{64})", r))) for n, v, r in found]


def licence(name: str) -> str:
    """The SPDX name of a package's licence, or "unknown"."""
    if name in READ_BY_A_PERSON:
        return READ_BY_A_PERSON[name]
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return "unknown"
    given = [about[field] for field in ("License-Expression", "License") if field in about]
    return given[0] if given and re.fullmatch(r"[\w.-]+( (AND|OR|WITH) [\w.-]+)*", given[0]) else "unknown"


def component(pin: Pin) -> dict[str, object]:
    return {
        "type": "library",
        "name": pin.name,
        "version": pin.version,
        "purl": f"pkg:pypi/{pin.name}@{pin.version}",
        "licenses": [{"expression": licence(pin.name)}],
    }


def bill_of_materials(running: Iterable[Pin]) -> dict[str, object]:
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {"component": {"type": "application", "name": "sayback"}},
        "components": [component(pin) for pin in running],
    }


def write_licences(all_pins: Iterable[Pin], running: Iterable[Pin], out: TextIO) -> None:
    runs = {pin.name for pin in running}
    table = csv.writer(out, lineterminator="\n")
    table.writerow(["package", "version", "licence", "for"])
    for pin in all_pins:
        table.writerow([pin.name, pin.version, licence(pin.name), "running" if pin.name in runs else "tests"])


def what_runs() -> list[Pin]:
    """At a desk or at an online home."""
    found = {pin.name: pin for name in RUNNING for pin in pins((HOUSE / "requirements" / name).read_text())}
    return [found[name] for name in sorted(found)]


def main(arguments: list[str], out: TextIO) -> None:
    if arguments == ["--licences"]:
        write_licences(pins((HOUSE / "requirements/tests.txt").read_text()), what_runs(), out)
    else:
        json.dump(bill_of_materials(what_runs()), out, indent=2)


if __name__ == "__main__":
    main(sys.argv[1:], sys.stdout)
