"""Run by LibreOffice's own Python, not by ours: the text that it shows for every DOCX in a folder.

Usage: python3 office_lines.py FOLDER PROFILE_FOLDER

Beside each NAME.docx it writes NAME.accept.txt and NAME.reject.txt, with all tracked changes settled.
"""

import subprocess
import sys
import time
from pathlib import Path


def main(folder: str, profile: str) -> None:
    import uno  # type: ignore[import-not-found]
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    pipe = f"lines{abs(hash(profile))}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;",
         f"-env:UserInstallation={Path(profile).as_uri()}"]
    )  # fmt: skip
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(120):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # the bridge has no narrower type while the office starts
                time.sleep(0.5)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        hidden = PropertyValue("Hidden", 0, True, 0)
        as_text = (
            PropertyValue("FilterName", 0, "Text (encoded)", 0),
            PropertyValue("FilterOptions", 0, "UTF8,LF", 0),
        )
        for path in sorted(Path(folder).glob("*.docx")):
            for decision in ("Accept", "Reject"):
                document = desktop.loadComponentFromURL(path.as_uri(), "_blank", 0, (hidden,))
                frame = document.CurrentController.Frame
                dispatcher.executeDispatch(frame, f".uno:{decision}AllTrackedChanges", "", 0, ())
                target = path.with_name(f"{path.stem}.{decision.lower()}.txt")
                document.storeToURL(target.as_uri(), as_text)
                document.close(True)
        desktop.terminate()
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
