"""Run by LibreOffice's own Python, not by ours: open a DOCX, accept or reject all changes, print the text.

Usage: python3 office_settle.py FILE.docx accept|reject PROFILE_FOLDER
"""

import subprocess
import sys
import time
from pathlib import Path


def main(path: str, decision: str, profile: str) -> None:
    import uno  # type: ignore[import-not-found]
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    pipe = f"settle{abs(hash(profile))}"
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
        hidden = PropertyValue("Hidden", 0, True, 0)
        document = desktop.loadComponentFromURL(Path(path).as_uri(), "_blank", 0, (hidden,))
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        command = ".uno:AcceptAllTrackedChanges" if decision == "accept" else ".uno:RejectAllTrackedChanges"
        dispatcher.executeDispatch(document.CurrentController.Frame, command, "", 0, ())
        paragraphs = document.Text.createEnumeration()
        while paragraphs.hasMoreElements():
            sys.stdout.write(paragraphs.nextElement().String + "\n")
        document.close(True)
        desktop.terminate()
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
