"""Run by LibreOffice's own Python, not by ours: the text that it shows for every DOCX in a folder.

Usage: python3 lines.py FOLDER PROFILE_FOLDER

Beside each NAME.docx it writes NAME.accept.txt and NAME.reject.txt, with all tracked changes settled.
"""

import sys
from pathlib import Path

from bridge import running, setting  # type: ignore[import-not-found]


def main(folder: str, profile: str) -> None:
    with running(profile) as office:
        as_text = (setting("FilterName", "Text (encoded)"), setting("FilterOptions", "UTF8,LF"))
        for path in sorted(Path(folder).glob("*.docx")):
            for decision in ("Accept", "Reject"):
                document = office.open(path)
                office.command(document, f"{decision}AllTrackedChanges")
                target = path.with_name(f"{path.stem}.{decision.lower()}.txt")
                document.storeToURL(target.resolve().as_uri(), as_text)
                document.close(True)


if __name__ == "__main__":
    main(*sys.argv[1:])
