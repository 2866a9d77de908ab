"""The text of a draft: where it begins, and the few fields that the workflow itself writes into it."""

from __future__ import annotations

import re
from typing import Any

from app.errors import ClauseFileError
from app.library.clause import ClauseVersion
from app.library.clause_form import ClauseForm, compose
from app.library.front_matter import split_source
from app.library.yaml_writing import quoted, write_yaml

UNREVIEWED: dict[str, Any] = {"by": "", "on": ""}


def new_clause_text(*, title: str, topic: str, author: str) -> str:
    """An empty clause, ready to be filled in."""
    return compose(
        ClauseForm(id=clause_id_of(title), title=title, topic=topic, changes="First version.", authors=author)
    )


def new_version_text(version: ClauseVersion, number: str) -> str:
    """A draft of the next version: the same text under another number; what changed is still to be said."""
    return with_fields(version.source, version=number, status="draft", changes="", reviewed=UNREVIEWED)


def as_draft(source: str) -> str:
    """A clause file from elsewhere as a draft here, where nobody has reviewed it; raises ClauseFileError."""
    return with_fields(source, status="draft", reviewed=UNREVIEWED)


def as_published(source: str, *, reviewer: str, day: str) -> str:
    """A reviewed draft as it is published; raises ClauseFileError."""
    return with_fields(source, status="published", reviewed={"by": reviewer, "on": day})


def clause_id_of(title: str) -> str:
    """An id made of a title: "Who decides?" becomes "who-decides"; "" when there is no letter to use."""
    words = re.findall(r"[a-z0-9]+", title.lower())
    while words and not words[0][0].isalpha():
        words.pop(0)
    return "-".join(words)[:60].strip("-")


def with_fields(source: str, **fields: Any) -> str:
    """The same file with some fields of the front matter replaced, and every other character left as it is.

    Raises ClauseFileError when the file has no front matter. Where the layout is unusual, the front matter is
    written anew with the same content.
    """
    data, _ = split_source(source, "The file")
    wanted = {**data, **fields}
    if wanted == data:
        return source
    front, body = source.removeprefix("---\n").split("\n---\n", 1)
    changed = f"{front}\n"
    for name, value in fields.items():
        if data.get(name) != value:
            changed = _replaced(changed, name, f"{name}: {_written(value)}\n")
    result = f"---\n{changed}---\n{body}"
    try:
        if split_source(result, "")[0] == wanted:
            return result
    except ClauseFileError:
        pass
    return f"---\n{write_yaml(wanted)}---\n{body}"


def _replaced(front: str, name: str, line: str) -> str:
    """Front matter with one field written anew, on however many lines it stood."""
    found = re.search(rf"(?m)^{name}:.*\n(?:[ \t]+.*\n|\n(?=[ \t]))*", front)
    return f"{front[: found.start()]}{line}{front[found.end() :]}" if found else front


def _written(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {quoted(each)}" for key, each in value.items()) + "}"
    return str(value) if re.fullmatch(r"[a-z]+|[0-9]+\.[0-9]+\.[0-9]+", value) else quoted(value)
