"""A table may have a law office's template for its Word files; going down, the templates are lost."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op
from app.db import UtcDateTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "house_style",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("table_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("uploaded_by", sa.Integer(), nullable=False),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["table_id"],
            ["bargaining_table.id"],
            name=op.f("fk_house_style_table_id_bargaining_table"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(["uploaded_by"], ["person.id"], name=op.f("fk_house_style_uploaded_by_person")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_house_style")),
        sa.UniqueConstraint("table_id", name=op.f("uq_house_style_table_id")),
    )


def downgrade() -> None:
    op.drop_table("house_style")
