"""Run by LibreOffice's own Python, not by ours: let it compare two Word files and store what it found.

Usage: python3 office_compare.py PROFILE_FOLDER OLD.docx NEW.docx OUT.docx
"""

import subprocess
import sys
import time
from pathlib import Path


def main(profile: str, old: str, new: str, out: str) -> None:
    import uno  # type: ignore[import-not-found]
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    pipe = f"compare{abs(hash(profile))}"
    office = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;",
         f"-env:UserInstallation={Path(profile).as_uri()}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        for _ in range(600):
            try:
                context = resolver.resolve(f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext")
                break
            except Exception:  # the bridge has no narrower type while the office starts
                time.sleep(0.1)
        desktop = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.Desktop", context)
        dispatcher = context.ServiceManager.createInstanceWithContext("com.sun.star.frame.DispatchHelper", context)
        hidden = PropertyValue("Hidden", 0, True, 0)
        document = desktop.loadComponentFromURL(Path(new).as_uri(), "_blank", 0, (hidden,))
        other = (PropertyValue("URL", 0, Path(old).as_uri(), 0), PropertyValue("NoAcceptDialog", 0, True, 0))
        dispatcher.executeDispatch(document.CurrentController.Frame, ".uno:CompareDocuments", "", 0, other)
        document.storeToURL(Path(out).as_uri(), (PropertyValue("FilterName", 0, "MS Word 2007 XML", 0),))
        document.close(True)
        desktop.terminate()
    finally:
        try:
            office.wait(20)
        except subprocess.TimeoutExpired:
            office.kill()


if __name__ == "__main__":
    main(*sys.argv[1:])
