"""Articles remember the jurisdiction that they are worded for; going down, they read as everywhere again."""

from __future__ import annotations

import sqlalchemy as sa

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("article", sa.Column("variant", sa.String(length=40), server_default="", nullable=False))


def downgrade() -> None:
    op.drop_column("article", "variant")
