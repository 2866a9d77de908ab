"""The command `proviso`: what each command takes and promises. The work is in `app.commands`, imported when needed."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.cli_library import library, person
from app.cli_options import AsJson, Output, Position
from app.commands.failures import run

_ANY_FILE = "DOCX, PDF, text or Markdown, and with LibreOffice DOC, ODT and RTF; - reads standard input."


class Split(StrEnum):
    """The parts of the corpus: learned from, looked at, never looked at."""

    TRAIN = "train"
    DEV = "dev"
    UNSEEN = "unseen"


class Format(StrEnum):
    """How a comparison is written."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"
    DOCX = "docx"
    PDF = "pdf"


class LintFormat(StrEnum):
    """How remarks on a text are written."""

    TEXT = "text"
    JSON = "json"


cli = typer.Typer(
    help="Model contract language on AI at work, and employers' counter-offers read against it.\n\n"
    "Results go to standard output, diagnostics to standard error.\n\n"
    "Exit status: 0 done, 2 bad usage or unreadable input.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
)
cli.add_typer(library, name="library")
cli.add_typer(person, name="person")


def main() -> int:
    """Run one command.

    Returns:
        The exit status: 0 done, 2 bad usage or unreadable input, 130 stopped by the person, 1 our own mistake.
    """
    return run(cli)


@cli.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on; PROVISO_HOST, else 127.0.0.1.")] = None,
    port: Annotated[
        int | None, typer.Option(min=0, max=65535, help="PROVISO_PORT, else 8000; 0 takes a free one.")
    ] = None,
    demo: Annotated[bool, typer.Option("--demo", help="With a demonstration table, and a sign-in link to it.")] = False,
) -> None:
    """Start the service: migrate the database, publish the library, answer requests until Ctrl-C."""
    from app.commands.serve import serve_pages

    serve_pages(host=host, port=port, demo=demo)


@cli.command()
def read(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_ANY_FILE)],
    json: AsJson = False,
) -> None:
    """Show a document as provisions.

    --json gives one object: name, kind, digest, language, warnings, provisions (number as shown, heading_path, text,
    lead_in, start, end, place, tracked), tracked, comments, notes. Offsets count in the text of the whole document,
    numbers and headings included, one paragraph a line.
    """
    from app.commands.read import show_document

    show_document(file, as_json=json)


@cli.command()
def compare(
    draft: Annotated[Path, typer.Argument(metavar="DRAFT", help="What the employer sent; - reads standard input.")],
    against: Annotated[
        str, typer.Option(metavar="library|FILE|CLAUSE_ID[@VERSION]", help="Our text: the library, a file, one clause.")
    ] = "library",
    position: Annotated[Position | None, typer.Option(help="Position of the clauses; target if not given.")] = None,
    format_: Annotated[
        Format | None, typer.Option("--format", help="Told from the name of the output, else text.")
    ] = None,
    output: Output = None,
    *,
    a4: Annotated[bool, typer.Option("--a4", help="Word file or PDF on A4 paper instead of Letter.")] = False,
) -> None:
    """Compare an employer's draft with our text: what is kept, weakened, contradicted, missing, added.

    --format json gives one object: draft, against, pipeline, findings, residue, packages, warnings. The residue is
    every changed word that no finding explains; packages say what the findings of each clause come to together.
    PDF needs LibreOffice.
    """
    from app.commands.compare import compare_draft

    compare_draft(
        draft,
        against=against,
        position=position.value if position else None,
        form=format_.value if format_ else None,
        output=output,
        paper="a4" if a4 else "letter",
    )


@cli.command()
def lint(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=_ANY_FILE)],
    format_: Annotated[LintFormat, typer.Option("--format", help="How the remarks are written.")] = LintFormat.TEXT,
) -> None:
    """Read a text of ours for what is vague: no actor, no deadline, no amount, no remedy, undefined terms, wishes.

    --format json gives one object: document, pipeline, remarks (rule, severity, number, start, end, text, message,
    suggestion), warnings. Offsets count as in read --json. The exit status is 0 whether or not there are remarks.
    """
    from app.commands.lint import lint_text

    lint_text(file, form=format_.value)


@cli.command()
def analyse(file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="- reads standard input.")]) -> None:
    """Say of each passage what it is about, how far it binds, which clauses it resembles, and what it promises.

    Each line {"id","text"} gives one line {"id","topics","obligation","clauses":[{"id","score"}],"undertakings":[…]}.
    An undertaking: bearer, force, action, beneficiary, timing, quantities, scope, conditions, exceptions, remedies,
    with the words of each and their place; docs/analyse-json.md has the keys. Lines that cannot be read are named on
    standard error, the others answered, and the exit status is 2.
    """
    from app.commands.lines import analyse_lines

    analyse_lines(file)


@cli.command()
def pairs(file: Annotated[Path, typer.Argument(metavar="FILE.jsonl", help="- reads standard input.")]) -> None:
    """Judge each employer text against the library text beside it.

    Each line {"id","library_text","employer_text"} gives one line {"id","verdict","moves","residue"}; offsets count in
    the texts as given. Lines that cannot be read are named on standard error, the others answered, exit status 2.
    """
    from app.commands.lines import judge_lines

    judge_lines(file)


@cli.command()
def redline(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The text before; rejecting all changes gives it.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The text after; accepting all changes gives it.")],
    output: Output = None,
    *,
    author: Annotated[str, typer.Option(help="Whom the changes are attributed to: a side, never a person.")] = "Union",
    no_date: Annotated[bool, typer.Option("--no-date", help="Let the changes carry no date.")] = False,
    table_safe: Annotated[
        bool,
        typer.Option(
            "--table-safe",
            help="For the other side: nothing but the text and our changes. Not written if that cannot be proven.",
        ),
    ] = False,
    old_is_theirs: Annotated[
        bool,
        typer.Option(
            "--old-is-theirs",
            help="With --table-safe: OLD is the other side's own file; its styles, comments and earlier changes stay.",
        ),
    ] = False,
    new_is_theirs: Annotated[
        bool,
        typer.Option(
            "--new-is-theirs",
            help="With --table-safe: NEW is the other side's own file; its styles stay, its changes count as made.",
        ),
    ] = False,
    a4: Annotated[
        bool, typer.Option("--a4", help="On A4 paper instead of Letter, unless both are Word files.")
    ] = False,
) -> None:
    """Write the changes from OLD to NEW as tracked changes in a Word file.

    Where both are Word files, the result is OLD itself with the changes in it, those of headers and footers too. Its
    styles, numbering, comments and earlier tracked changes stay, the latter with their authors. Other files are
    compared by their texts. With -o OUT.pdf the redline is laid out by LibreOffice, the changes marked in it.
    """
    from app.commands.redline import write_redline

    write_redline(
        old,
        new,
        output=output,
        author=author,
        dated=not no_date,
        table_safe=table_safe,
        old_is_theirs=old_is_theirs,
        new_is_theirs=new_is_theirs,
        paper="a4" if a4 else "letter",
    )


@cli.command()
def export(
    proposal: Annotated[str, typer.Argument(metavar="PROPOSAL", help="Its id, as in the address of its page.")],
    output: Output = None,
    *,
    template: Annotated[
        Path | None, typer.Option(metavar="FILE", help="House style: a .docx or .dotx, as proviso house-style writes.")
    ] = None,
    line_numbers: Annotated[bool, typer.Option("--line-numbers", help="Number the lines of each page.")] = False,
    signatures: Annotated[
        bool, typer.Option("--signatures", help="Add a block to sign and initial a tentative agreement.")
    ] = False,
    contents: Annotated[
        bool | None, typer.Option("--contents/--no-contents", help="A table of contents; by length if not said.")
    ] = None,
) -> None:
    """Write a proposal from the database for the table: OUT.docx, OUT.pdf (with LibreOffice) or OUT.txt.

    Without --template the file is in the house style of its table. Notes, fallbacks and names stay behind; the
    finished file is checked, and not written if it holds anything else than the articles.
    """
    from app.commands.export import Wanted, export_proposal

    export_proposal(proposal, Wanted(template, line_numbers, signatures, contents), output=output)


@cli.command(name="house-style")
def house_style(
    output: Output = None,
    *,
    a4: Annotated[bool, typer.Option("--a4", help="On A4 paper instead of Letter.")] = False,
    check: Annotated[Path | None, typer.Option(metavar="FILE", help="Check this template instead.")] = None,
) -> None:
    """Write the built-in house style as a Word file, for a law office to make its own template from."""
    from app.commands.export import check_template, write_starter

    if check is not None:
        check_template(check)
    else:
        write_starter(a4=a4, output=output)


@cli.command()
def publish() -> None:
    """Migrate the database and publish the clause library into it, without starting the service."""
    from app.commands.database import publish_library

    publish_library()


@cli.command(name="information-request")
def information_request(
    *,
    union: Annotated[str, typer.Option(help="Who asks.")] = "",
    employer: Annotated[str, typer.Option(help="Who is asked.")] = "",
    unit: Annotated[str, typer.Option(help="The employees concerned, in a few words.")] = "",
    signer: Annotated[str, typer.Option(help="Who signs.")] = "",
    wording: Annotated[str, typer.Option(help="Legal basis, such as us-private or uk.")] = "general",
    subject: Annotated[list[str] | None, typer.Option(help="Ask every question of this subject; repeatable.")] = None,
    question: Annotated[list[str] | None, typer.Option(metavar="ID", help="Ask this question; repeatable.")] = None,
    ask: Annotated[list[str] | None, typer.Option(metavar="TEXT", help="A question of your own; repeatable.")] = None,
    date: Annotated[str, typer.Option(metavar="DATE", help="Of the letter, as 2026-11-30; today by default.")] = "",
    reply_days: Annotated[int | None, typer.Option(metavar="N", help="Days to reply.")] = None,
    calendar: Annotated[bool, typer.Option("--calendar", help="Count calendar days, not working days.")] = False,
    list_: Annotated[bool, typer.Option("--list", help="List subjects, questions and wordings instead.")] = False,
    output: Output = None,
) -> None:
    """Write a letter that asks the employer for information: OUT.docx, OUT.pdf (with LibreOffice), else plain text."""
    from app.commands.information_request import Asked, list_questions, write_request
    from app.library.letters import Parties

    if list_:
        list_questions()
        return
    values: dict[str, object] = {"day_kind": "calendar days"} if calendar else {}
    if reply_days is not None:
        values["reply_days"] = reply_days
    asked = Asked(
        parties=Parties(union, employer, unit),
        signer=signer,
        wording=wording,
        subjects=tuple(subject or ()),
        questions=tuple(question or ()),
        own=tuple(ask or ()),
        day=date,
        values=values,
    )
    write_request(asked, output)


@cli.command(name="sign-in-link")
def sign_in_link(
    email: Annotated[str, typer.Argument(metavar="EMAIL")],
    name: Annotated[str, typer.Option(help="Add this person if nobody has the address.")] = "",
) -> None:
    """Print a one-time sign-in link, good for an hour, to hand to the person."""
    from app.commands.database import print_sign_in_link

    print_sign_in_link(email, name=name)


@cli.command()
def evaluate(
    *,
    pairs: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Pairs with labels, one JSON object a line.")
    ] = None,
    passages: Annotated[Path | None, typer.Option(metavar="FILE", help="Passages with topics and obligation.")] = None,
    data: Annotated[
        Path | None, typer.Option(metavar="DIR", envvar="PROVISO_EVAL_DIR", help="Where the development sets lie.")
    ] = None,
    split: Annotated[Split | None, typer.Option(help="Only this part of the corpus.")] = None,
    errors: Annotated[int, typer.Option(metavar="N", help="Quote the N surest errors of each set.")] = 0,
    json: AsJson = False,
    write: Annotated[bool, typer.Option("--write", help="Also write metrics.json beside the pipeline.")] = False,
) -> None:
    """Measure the comparison on labelled sets and on the corpus, with 95 % confidence intervals."""
    from app.commands.evaluate import Asked, evaluate_sets

    evaluate_sets(
        Asked(pairs, passages, data, split.value if split else None), as_json=json, write=write, errors=errors
    )


if __name__ == "__main__":
    raise SystemExit(main())
