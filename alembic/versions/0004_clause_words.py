"""People find clauses by their words; going down, searching by words is lost, and no clause."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op
from app.errors import ClauseFileError
from app.library.clause import POSITIONS
from app.library.front_matter import parse_clause
from app.library.search_words import stems_of
from app.library.word_index import searchable_words

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

_WORDS = sa.table(
    "clause_words", sa.column("version_id", sa.Integer), sa.column("position", sa.String), sa.column("words", sa.Text)
)


def upgrade() -> None:
    op.create_table(
        "clause_words",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.String(length=10), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["clause_version.id"], name=op.f("fk_clause_words_version_id_clause_version")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_words")),
        sa.UniqueConstraint("version_id", "position", name=op.f("uq_clause_words_version_id_position")),
    )
    if op.get_bind().dialect.name == "sqlite":
        _build_fts()
    else:
        op.execute(
            "ALTER TABLE clause_words ADD COLUMN clause_words_index tsvector "
            "GENERATED ALWAYS AS (to_tsvector('simple'::regconfig, words)) STORED"
        )
        op.execute("CREATE INDEX clause_words_index_gin ON clause_words USING gin (clause_words_index)")
    _index_what_is_published()


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        op.execute("DROP TABLE clause_words_index")  # its triggers go with the table below
    op.drop_table("clause_words")


def _build_fts() -> None:
    """FTS5 over the table, which keeps the words; triggers keep the two together."""
    op.execute(
        "CREATE VIRTUAL TABLE clause_words_index USING fts5("
        "words, content='clause_words', content_rowid='id', tokenize='unicode61 remove_diacritics 0')"
    )
    leave = "INSERT INTO clause_words_index(clause_words_index, rowid, words) VALUES ('delete', old.id, old.words);"
    enter = "INSERT INTO clause_words_index(rowid, words) VALUES (new.id, new.words);"
    for verb, steps in (("INSERT", enter), ("DELETE", leave), ("UPDATE", leave + enter)):
        op.execute(f"CREATE TRIGGER clause_words_{verb.lower()} AFTER {verb} ON clause_words BEGIN {steps} END")


def _index_what_is_published() -> None:
    """What the words of a version are is decided in one place, for old versions as for new ones."""
    connection = op.get_bind()
    columns = "id, clause_id, version, source, search_text"
    published = connection.execute(sa.text(f"SELECT {columns} FROM clause_version")).all()  # noqa: S608 - names of ours
    rows = [
        {"version_id": row.id, "position": position, "words": words}
        for row in published
        for position, words in _words(f"{row.clause_id}@{row.version}", row.source, row.search_text).items()
    ]
    if rows:
        op.bulk_insert(_WORDS, rows)


def _words(label: str, source: str, search_text: str) -> dict[str, str]:
    try:
        return searchable_words(parse_clause(source, label))
    except ClauseFileError:  # no reason to keep a service from starting: it is found by the words stored with it
        return dict.fromkeys(POSITIONS, " ".join(stems_of(search_text)))
