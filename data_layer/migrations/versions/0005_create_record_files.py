"""The files that answer questions of forms.

It must work while the code of the release before still runs: add first, take away a release later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0005_create_record_files"
down_revision = "0004_create_officials"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "record_files",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(length=200), nullable=False),
        sa.Column("name_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("size > 0", name=op.f("ck_record_files_not_empty")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records.id"], name=op.f("fk_record_files_record_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_record_files_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_record_files")),
        sa.UniqueConstraint("record_id", "path", name=op.f("uq_record_files_record_id_path")),
        sa.UniqueConstraint("uid", name=op.f("uq_record_files_uid")),
    )


def downgrade() -> None:
    """Back."""
    op.drop_table("record_files")
