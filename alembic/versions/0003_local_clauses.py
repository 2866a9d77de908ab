"""People may write clauses here and review each other's; going down, drafts are lost and published text stays."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op
from app.db import UtcDateTime

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("person", sa.Column("is_editor", sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "local_clause_version",
        sa.Column("clause_id", sa.String(length=80), nullable=False),
        sa.Column("version", sa.String(length=30), nullable=False),
        sa.ForeignKeyConstraint(
            ["clause_id", "version"],
            ["clause_version.clause_id", "clause_version.version"],
            name=op.f("fk_local_clause_version_clause_id_version_clause_version"),
        ),
        sa.PrimaryKeyConstraint("clause_id", "version", name=op.f("pk_local_clause_version")),
    )
    op.create_table(
        "clause_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("public_id", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=10), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("author_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["author_id"], ["person.id"], name=op.f("fk_clause_draft_author_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_draft")),
        sa.UniqueConstraint("public_id", name=op.f("uq_clause_draft_public_id")),
    )
    op.create_index(op.f("ix_clause_draft_author_id"), "clause_draft", ["author_id"])
    op.create_table(
        "clause_draft_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("person_name", sa.String(length=200), nullable=False),
        sa.Column("deed", sa.String(length=12), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"],
            ["clause_draft.id"],
            name=op.f("fk_clause_draft_step_draft_id_clause_draft"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["person_id"], ["person.id"], name=op.f("fk_clause_draft_step_person_id_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clause_draft_step")),
    )
    op.create_index(op.f("ix_clause_draft_step_draft_id"), "clause_draft_step", ["draft_id"])


def downgrade() -> None:
    op.drop_table("clause_draft_step")
    op.drop_table("clause_draft")
    op.drop_table("local_clause_version")
    op.drop_column("person", "is_editor")
