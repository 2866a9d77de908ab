"""With CI=true, a test that needs PostgreSQL, a browser or a word processor must run: skipping it counts as failing.

On a person's machine such a test is skipped with a reason. In `.ci/run` everything is installed, so a skip would
mean that a whole side of the program went untested without anybody seeing it.
"""

from __future__ import annotations

import os
from collections.abc import Generator

import pytest

MUST_RUN = ("postgresql", "browser", "office", "install")


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Turn the skip of such a test into a failure that says which mark it carries."""
    report = yield
    marks = [name for name in MUST_RUN if item.get_closest_marker(name)]
    if os.environ.get("CI") == "true" and marks and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"{item.nodeid} is marked {', '.join(marks)} and must run when CI=true. {reason}"
    return report
