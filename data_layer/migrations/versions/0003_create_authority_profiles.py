"""The register of local authorities, dated: profiles, populations, successions, proposals.

It must work while the code of the release before still runs: add first, take away a release later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003_create_authority_profiles"
down_revision = "0002_create_rounds"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "office_successions",
        sa.Column("predecessor_id", sa.Integer(), nullable=False),
        sa.Column("successor_id", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.CheckConstraint(
            "predecessor_id <> successor_id", name=op.f("ck_office_successions_of_another_office")
        ),
        sa.ForeignKeyConstraint(
            ["predecessor_id"], ["offices.id"], name=op.f("fk_office_successions_predecessor_id")
        ),
        sa.ForeignKeyConstraint(
            ["successor_id"], ["offices.id"], name=op.f("fk_office_successions_successor_id")
        ),
        sa.PrimaryKeyConstraint("predecessor_id", name=op.f("pk_office_successions")),
    )
    with op.batch_alter_table("office_successions", schema=None) as batch_op:
        batch_op.create_index("ix_office_successions_successor_id", ["successor_id"], unique=False)

    op.create_table(
        "authority_populations",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "population >= 0", name=op.f("ck_authority_populations_population_not_negative")
        ),
        sa.CheckConstraint(
            "year BETWEEN 2400 AND 2700", name=op.f("ck_authority_populations_year_in_thai_era")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_authority_populations_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_authority_populations_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority_populations")),
    )
    with op.batch_alter_table("authority_populations", schema=None) as batch_op:
        batch_op.create_index(
            "ix_authority_populations_office_id_year", ["office_id", "year"], unique=False
        )

    op.create_table(
        "authority_profiles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("valid_on", sa.Date(), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("phone", sa.String(length=10), nullable=False),
        sa.Column("mailbox", sa.String(length=254), nullable=False),
        sa.Column("area_ares", sa.Integer(), nullable=True),
        sa.Column("villages", sa.Integer(), nullable=True),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("area_ares > 0", name=op.f("ck_authority_profiles_has_some_area")),
        sa.CheckConstraint(
            "villages >= 0", name=op.f("ck_authority_profiles_villages_not_negative")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_authority_profiles_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["recorded_by"], ["users.id"], name=op.f("fk_authority_profiles_recorded_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authority_profiles")),
    )
    with op.batch_alter_table("authority_profiles", schema=None) as batch_op:
        batch_op.create_index(
            "ix_authority_profiles_office_id_valid_on", ["office_id", "valid_on"], unique=False
        )

    op.create_table(
        "office_proposals",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            sa.Enum(
                "profile",
                "rename",
                "kind",
                "merger",
                name="change",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("new_facts", sa.JSON(), nullable=False),
        sa.Column("old_facts", sa.JSON(), nullable=False),
        sa.Column("valid_on", sa.Date(), nullable=False),
        sa.Column("basis", sa.String(length=200), nullable=False),
        sa.Column(
            "state",
            sa.Enum(
                "waiting",
                "confirmed",
                "refused",
                "withdrawn",
                name="state",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("proposed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("proposed_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(state = 'waiting') = (decided_at IS NULL)",
            name=op.f("ck_office_proposals_waits_or_was_decided"),
        ),
        sa.CheckConstraint(
            "state <> 'refused' OR reason <> ''",
            name=op.f("ck_office_proposals_refused_with_reason"),
        ),
        sa.ForeignKeyConstraint(
            ["decided_by"], ["users.id"], name=op.f("fk_office_proposals_decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_office_proposals_office_id")
        ),
        sa.ForeignKeyConstraint(
            ["proposed_by"], ["users.id"], name=op.f("fk_office_proposals_proposed_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_proposals")),
    )
    with op.batch_alter_table("office_proposals", schema=None) as batch_op:
        batch_op.create_index("ix_office_proposals_office_id", ["office_id"], unique=False)
        batch_op.create_index(
            "uq_office_proposals_waiting_office",
            ["office_id"],
            unique=True,
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("office_proposals", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_office_proposals_waiting_office",
            sqlite_where=sa.text("state = 'waiting'"),
            postgresql_where=sa.text("state = 'waiting'"),
        )
        batch_op.drop_index("ix_office_proposals_office_id")

    op.drop_table("office_proposals")
    with op.batch_alter_table("authority_profiles", schema=None) as batch_op:
        batch_op.drop_index("ix_authority_profiles_office_id_valid_on")

    op.drop_table("authority_profiles")
    with op.batch_alter_table("authority_populations", schema=None) as batch_op:
        batch_op.drop_index("ix_authority_populations_office_id_year")

    op.drop_table("authority_populations")
    with op.batch_alter_table("office_successions", schema=None) as batch_op:
        batch_op.drop_index("ix_office_successions_successor_id")

    op.drop_table("office_successions")
