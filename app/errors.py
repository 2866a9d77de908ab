"""What can go wrong at the table, named by what went wrong.

The core raises these; `app.web` maps them to a status and a page, `app.cli` to one line and exit status 2.
Every message says what is wrong, where, and what to do.
"""


class ProvisoError(Exception):
    """Something a person can mend; its text is shown to them as it stands."""


class UnreadableFile(ProvisoError):
    """An uploaded or named file cannot be read: broken, encrypted, empty, too large, of an unknown kind."""


class OfficeMissing(ProvisoError):
    """LibreOffice is not installed, and this kind of file cannot be read or written without it."""


class ClauseFileError(ProvisoError):
    """A clause file breaks the format of `clauses/README.md`; names file, field and remedy."""


class TextChangedWithoutNewVersion(ProvisoError):
    """A published clause version was edited in place; a change of text needs a new version."""


class UnknownClause(ProvisoError):
    """No clause, or no version of it, has this id."""


class UnknownMove(ProvisoError):
    """No employer move, or no family of moves, has this name."""


class PlaceholderError(ProvisoError):
    """A placeholder is unfilled, of the wrong type, or out of its bounds; `name` says which."""

    def __init__(self, message: str, *, name: str = "") -> None:
        super().__init__(message)
        self.name = name


class NotFound(ProvisoError):
    """Nothing here for this person: it does not exist, or it is not theirs. The two read alike on purpose."""


class EditConflict(ProvisoError):
    """Somebody else saved this article in the meantime; `theirs` is what they saved, nothing is overwritten."""

    def __init__(self, message: str, *, theirs: str = "") -> None:
        super().__init__(message)
        self.theirs = theirs


class InvalidInput(ProvisoError):
    """A form field or an argument is not usable; `field` says which."""

    def __init__(self, message: str, *, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class SameTexts(InvalidInput):
    """A redline was asked for of two texts that do not differ."""


class NotTableSafe(ProvisoError):
    """A file meant for the other side holds something that is not for them; it is not handed out."""
