"""LibreOffice under remote control, for the scripts beside this one. Run by LibreOffice's own Python, not by ours."""

import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any


class Office:
    """A running LibreOffice."""

    def __init__(self, context: Any) -> None:
        create = context.ServiceManager.createInstanceWithContext
        self.desktop = create("com.sun.star.frame.Desktop", context)
        self._dispatcher = create("com.sun.star.frame.DispatchHelper", context)

    def open(self, path: str | Path) -> Any:
        """The document, unseen; None where it cannot be opened."""
        return self.desktop.loadComponentFromURL(Path(path).resolve().as_uri(), "_blank", 0, (setting("Hidden", True),))

    def command(self, document: Any, name: str, *settings: Any) -> None:
        """What a menu would do: "AcceptAllTrackedChanges"."""
        self._dispatcher.executeDispatch(document.CurrentController.Frame, f".uno:{name}", "", 0, settings)


def setting(name: str, value: object) -> Any:
    """One named value, as LibreOffice takes them."""
    from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]

    return PropertyValue(name, 0, value, 0)


@contextmanager
def running(profile: str) -> Iterator[Office]:
    """LibreOffice with a profile of its own, ended afterwards whatever happened."""
    import uno  # type: ignore[import-not-found]

    pipe = f"proviso{abs(hash(profile))}"
    program = subprocess.Popen(
        ["soffice", "--headless", "--norestore", f"--accept=pipe,name={pipe};urp;",
         f"-env:UserInstallation={Path(profile).resolve().as_uri()}"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        local = uno.getComponentContext()
        resolver = local.ServiceManager.createInstanceWithContext("com.sun.star.bridge.UnoUrlResolver", local)
        office = Office(_answer(resolver, f"uno:pipe,name={pipe};urp;StarOffice.ComponentContext"))
        yield office
        office.desktop.terminate()
    finally:
        try:
            program.wait(20)
        except subprocess.TimeoutExpired:
            program.kill()


def _answer(resolver: Any, address: str) -> Any:
    """Ask until it answers; it takes some seconds to start, a minute on a busy machine."""
    for _ in range(600):
        try:
            return resolver.resolve(address)
        except Exception:  # the bridge has no narrower type while the office starts
            time.sleep(0.1)
    raise TimeoutError("LibreOffice did not answer within a minute")
