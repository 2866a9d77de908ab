"""What a route needs to answer a form that is not yet right: the message beside the field, nothing stored."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from sqlalchemy.orm import Session
from starlette.responses import RedirectResponse

from app.errors import InvalidInput, OfficeMissing, PlaceholderError, UnreadableFile


@dataclass(slots=True)
class Problems:
    """Messages by field name; the field "" stands for the whole form."""

    messages: dict[str, str] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.messages)

    def of(self, name: str) -> str:
        """The message for one field, or ""."""
        return self.messages.get(name, "")


@contextmanager
def checking(session: Session, *, file_field: str = "file") -> Iterator[Problems]:
    """Run what a form asks for; catch what the person can mend and undo what was begun.

    Use it like this, and show the form again with status 400 when the block fell through::

        with checking(session) as problems:
            record = receive_counter(...)
            return see_other(f"/comparisons/{record.public_id}")
        return render(request, "counter_new.html", status=400, problems=problems)
    """
    problems = Problems()
    try:
        yield problems
    except (UnreadableFile, OfficeMissing) as error:
        session.rollback()
        problems.messages[file_field] = str(error)
    except PlaceholderError as error:
        session.rollback()
        problems.messages[error.name] = str(error)
    except InvalidInput as error:
        session.rollback()
        problems.messages[error.field] = str(error)


def see_other(address: str) -> RedirectResponse:
    """After a form was accepted: look at the result with a GET."""
    return RedirectResponse(address, status_code=303)
