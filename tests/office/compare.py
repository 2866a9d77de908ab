"""Run by LibreOffice's own Python, not by ours: let it compare two Word files and store what it found.

Usage: python3 compare.py PROFILE_FOLDER OLD.docx NEW.docx OUT.docx
"""

import sys
from pathlib import Path

from bridge import running, setting  # type: ignore[import-not-found]


def main(profile: str, old: str, new: str, out: str) -> None:
    with running(profile) as office:
        document = office.open(new)
        other = (setting("URL", Path(old).resolve().as_uri()), setting("NoAcceptDialog", True))
        office.command(document, "CompareDocuments", *other)
        document.storeToURL(Path(out).resolve().as_uri(), (setting("FilterName", "MS Word 2007 XML"),))
        document.close(True)


if __name__ == "__main__":
    main(*sys.argv[1:])
