"""Run by LibreOffice's own Python, not by ours: accept or reject all changes in Word files, print what is then there.

Usage: python3 office_settle.py PROFILE_FOLDER (accept|reject) FILE.docx [(accept|reject) FILE.docx ...]
Prints a JSON list with, for each file, the texts of paragraphs, cells and footnotes in order, or null where it
cannot be opened.
"""

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any


def main(profile: str, *asked: str) -> None:
    import uno  # type: ignore[import-not-found]
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    pipe = f"settle{abs(hash(profile))}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;",
         f"-env:UserInstallation={Path(profile).as_uri()}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(240):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # the bridge has no narrower type while the office starts
                time.sleep(0.25)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        answers: list[list[str] | None] = []
        for decision, path in zip(asked[::2], asked[1::2], strict=True):
            hidden = PropertyValue("Hidden", 0, True, 0)
            document = desktop.loadComponentFromURL(Path(path).resolve().as_uri(), "_blank", 0, (hidden,))
            if document is None:
                answers.append(None)
                continue
            commands = {"accept": ".uno:AcceptAllTrackedChanges", "reject": ".uno:RejectAllTrackedChanges"}
            if decision in commands:
                dispatcher.executeDispatch(document.CurrentController.Frame, commands[decision], "", 0, ())
            answers.append(list(_lines(document.Text)))
            document.close(True)
        print(json.dumps(answers))
        desktop.terminate()
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()


def _lines(text: Any) -> Iterator[str]:
    paragraphs = text.createEnumeration()
    while paragraphs.hasMoreElements():
        each = paragraphs.nextElement()
        if each.supportsService("com.sun.star.text.TextTable"):
            for name in each.CellNames:
                yield from (f"{name}: {line}" for line in _lines(each.getCellByName(name)))
        else:
            yield "".join(_portions(each))


def _portions(paragraph: Any) -> Iterator[str]:
    """The text of a paragraph with its notes in place."""
    portions = paragraph.createEnumeration()
    while portions.hasMoreElements():
        each = portions.nextElement()
        if each.TextPortionType == "Footnote":
            yield f"[note: {each.Footnote.String.strip()}]"
        elif each.TextPortionType in {"Text", "TextField"}:
            yield each.String


if __name__ == "__main__":
    main(*sys.argv[1:])
