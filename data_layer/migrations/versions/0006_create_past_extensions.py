"""More time that was given anew: what stood before, until when and why.

It must work while the code of the release before still runs: add first, take away a release later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0006_create_past_extensions"
down_revision = "0005_create_record_files"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "past_extensions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("round_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("given_by", sa.Integer(), nullable=True),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["given_by"], ["users.id"], name=op.f("fk_past_extensions_given_by")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_past_extensions_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["round_id"], ["rounds.id"], name=op.f("fk_past_extensions_round_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_past_extensions")),
    )
    op.create_index(op.f("ix_past_extensions_round_id"), "past_extensions", ["round_id"])


def downgrade() -> None:
    """Back."""
    op.drop_index(op.f("ix_past_extensions_round_id"), table_name="past_extensions")
    op.drop_table("past_extensions")
