"""The commands `proviso library` and `proviso person`: what each takes and promises."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from app.cli_options import AsJson, Position

ClauseId = Annotated[str, typer.Argument(metavar="ID", help="A clause of the library.")]

library = typer.Typer(
    help="The clause library.", rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True
)
person = typer.Typer(
    help="People who sign in.", rich_markup_mode=None, pretty_exceptions_enable=False, no_args_is_help=True
)


@library.command()
def check() -> None:
    """Check every clause file; each problem is one line with file, field and remedy, and the exit status is 2."""
    from app.commands.library import check_clauses

    check_clauses()


@library.command(name="list")
def list_(
    topic: Annotated[str, typer.Option(help="Only clauses of this topic.")] = "",
    json: AsJson = False,
) -> None:
    """List the clauses, the newest published version of each."""
    from app.commands.library import list_clauses

    list_clauses(topic=topic, as_json=json)


@library.command()
def show(
    clause: Annotated[str, typer.Argument(metavar="ID[@VERSION]", help="A clause of the library.")],
    position: Annotated[Position | None, typer.Option(help="Only this position.")] = None,
    json: AsJson = False,
) -> None:
    """Show a clause: its protections, its three positions with the default figures, and its notes."""
    from app.commands.library import show_clause

    show_clause(clause, position=position.value if position else None, as_json=json)


@library.command()
def diff(
    clause: ClauseId,
    old: Annotated[str, typer.Argument(metavar="A", help="A version, such as 1.0.0.")],
    new: Annotated[str, typer.Argument(metavar="B", help="Another version.")],
    position: Annotated[Position | None, typer.Option(help="Only this position.")] = None,
) -> None:
    """Show what changed from version A to version B: [-taken out-] and {+put in+}."""
    from app.commands.library import show_difference

    show_difference(clause, old, new, position=position.value if position else None)


@library.command()
def originality(
    foreign: Annotated[
        list[Path],
        typer.Argument(metavar="FILE|DIR...", help="Texts of others: files, or a folder of evaluation data."),
    ],
) -> None:
    """Check that no text of the library shares a long run of words with texts of others; exit status 2 if one does."""
    from app.commands.originality import check_originality

    check_originality(foreign)


@library.command()
def lock() -> None:
    """Lock the text of every published version that is not locked yet."""
    from app.commands.library import lock_clauses

    lock_clauses()


@library.command(name="export-local")
def export_local(
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="Such as the folder of a clause library.")],
) -> None:
    """Write every clause that was published here to its place under DIR, as clauses/ has them."""
    from app.commands.local_clauses import export_local as write

    write(folder)


@library.command(name="import")
def import_(
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Clause files, or zips of them.")],
    author: Annotated[str, typer.Option(metavar="EMAIL", help="The editor in whose name; needed if several.")] = "",
) -> None:
    """Make drafts of clause files, to be reviewed in the browser; prints the address of each, and its problems."""
    from app.commands.local_clauses import import_files

    import_files(files, author=author)


@person.command()
def add(
    email: Annotated[str, typer.Argument(metavar="EMAIL")],
    name: Annotated[str, typer.Option(help="Their name; needed for somebody new.")] = "",
    editor: Annotated[
        bool | None, typer.Option("--editor/--no-editor", help="Whether they may write clauses and review others'.")
    ] = None,
) -> None:
    """Add a person, or change what one may do, and print a one-time sign-in link, good for an hour."""
    from app.commands.people import add_person

    add_person(email, name=name, editor=editor)


@person.callback()
def _people() -> None:
    """People who sign in."""
