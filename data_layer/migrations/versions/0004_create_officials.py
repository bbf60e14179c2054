"""The register of executives and councillors: people, the posts they hold, what was changed.

It must work while the code of the release before still runs: add first, take away a release later.
"""

import sqlalchemy as sa
from alembic import op

revision = "0004_create_officials"
down_revision = "0003_create_authority_profiles"
branch_labels = None
depends_on = None

SITTING = "ended_on IS NULL AND struck_at IS NULL"
ONE_MAYOR = sa.text(f"{SITTING} AND post = 'mayor'")
ONE_PLACE = sa.text(f"{SITTING} AND post NOT IN ('speaker', 'deputy_speaker', 'council_secretary')")


def upgrade() -> None:
    """Forward."""
    op.create_table(
        "officials",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("citizen_id_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("citizen_id_index", sa.LargeBinary(), nullable=False),
        sa.Column("phone_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("birth_sealed", sa.LargeBinary(), nullable=False),
        sa.Column("prefix", sa.String(length=100), nullable=False),
        sa.Column("first_name", sa.String(length=100), nullable=False),
        sa.Column("last_name", sa.String(length=100), nullable=False),
        sa.Column(
            "sex",
            sa.Enum("male", "female", name="sex", native_enum=False, create_constraint=True),
            nullable=False,
        ),
        sa.Column(
            "education",
            sa.Enum(
                "below_secondary",
                "lower_secondary",
                "upper_secondary",
                "diploma",
                "bachelor",
                "master",
                "doctor",
                name="education",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=True,
        ),
        sa.Column("has_held_office", sa.Boolean(), nullable=False),
        sa.Column("is_thai_born", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_officials")),
        sa.UniqueConstraint("citizen_id_index", name=op.f("uq_officials_citizen_id_index")),
        sa.UniqueConstraint("uid", name=op.f("uq_officials_uid")),
    )
    op.create_table(
        "tenures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("official_id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column(
            "post",
            sa.Enum(
                "mayor",
                "acting_mayor",
                "deputy_mayor",
                "adviser",
                "mayor_secretary",
                "member",
                "speaker",
                "deputy_speaker",
                "council_secretary",
                name="post",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("constituency", sa.Integer(), nullable=True),
        sa.Column(
            "acquisition",
            sa.Enum(
                "elected",
                "appointed",
                "ncpo",
                "promoted",
                "acting",
                name="acquisition",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column("elected_on", sa.Date(), nullable=True),
        sa.Column("announced_on", sa.Date(), nullable=True),
        sa.Column("began_on", sa.Date(), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column(
            "end_reason",
            sa.Enum(
                "term_over",
                "died",
                "resigned",
                "disqualified",
                "removed",
                "dissolved",
                "judged",
                "rights_revoked",
                "status_changed",
                "dismissed",
                "mayor_left",
                "seat_left",
                name="end_reason",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=True,
        ),
        sa.Column("suspended_on", sa.Date(), nullable=True),
        sa.Column("votes", sa.Integer(), nullable=True),
        sa.Column("affiliation", sa.String(length=100), nullable=False),
        sa.Column("order_number", sa.String(length=100), nullable=False),
        sa.Column("order_on", sa.Date(), nullable=True),
        sa.Column("is_resident", sa.Boolean(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("struck_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("struck_reason", sa.String(length=200), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_by", sa.Integer(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(post = 'member') = (constituency IS NOT NULL)",
            name=op.f("ck_tenures_member_has_constituency"),
        ),
        sa.CheckConstraint(
            "acquisition <> 'elected' OR elected_on IS NOT NULL",
            name=op.f("ck_tenures_elected_on_a_day"),
        ),
        sa.CheckConstraint(
            "struck_at IS NULL OR struck_reason <> ''", name=op.f("ck_tenures_struck_with_reason")
        ),
        sa.CheckConstraint(
            "(ended_on IS NULL) = (end_reason IS NULL)", name=op.f("ck_tenures_ends_with_reason")
        ),
        sa.CheckConstraint("began_on >= elected_on", name=op.f("ck_tenures_begins_after_election")),
        sa.CheckConstraint("constituency >= 1", name=op.f("ck_tenures_constituency_from_one")),
        sa.CheckConstraint("ended_on >= began_on", name=op.f("ck_tenures_ends_after_it_begins")),
        sa.CheckConstraint("votes >= 0", name=op.f("ck_tenures_votes_not_negative")),
        sa.ForeignKeyConstraint(["office_id"], ["offices.id"], name=op.f("fk_tenures_office_id")),
        sa.ForeignKeyConstraint(
            ["official_id"], ["officials.id"], name=op.f("fk_tenures_official_id")
        ),
        sa.ForeignKeyConstraint(["recorded_by"], ["users.id"], name=op.f("fk_tenures_recorded_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenures")),
    )
    with op.batch_alter_table("tenures", schema=None) as batch_op:
        batch_op.create_index("ix_tenures_office_id", ["office_id"], unique=False)
        batch_op.create_index("ix_tenures_official_id", ["official_id"], unique=False)
        batch_op.create_index(
            "uq_tenures_sitting_mayor",
            ["office_id"],
            unique=True,
            sqlite_where=ONE_MAYOR,
            postgresql_where=ONE_MAYOR,
        )
        batch_op.create_index(
            "uq_tenures_sitting_person",
            ["official_id"],
            unique=True,
            sqlite_where=ONE_PLACE,
            postgresql_where=ONE_PLACE,
        )

    op.create_table(
        "tenure_changes",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("tenure_id", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=True),
        sa.Column("act", sa.String(length=20), nullable=False),
        sa.Column("changes_sealed", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenure_id"], ["tenures.id"], name=op.f("fk_tenure_changes_tenure_id")
        ),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_tenure_changes_user_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenure_changes")),
        sa.UniqueConstraint("uid", name=op.f("uq_tenure_changes_uid")),
    )
    with op.batch_alter_table("tenure_changes", schema=None) as batch_op:
        batch_op.create_index("ix_tenure_changes_tenure_id", ["tenure_id"], unique=False)


def downgrade() -> None:
    """Back."""
    with op.batch_alter_table("tenure_changes", schema=None) as batch_op:
        batch_op.drop_index("ix_tenure_changes_tenure_id")

    op.drop_table("tenure_changes")
    with op.batch_alter_table("tenures", schema=None) as batch_op:
        batch_op.drop_index(
            "uq_tenures_sitting_person", sqlite_where=ONE_PLACE, postgresql_where=ONE_PLACE
        )
        batch_op.drop_index(
            "uq_tenures_sitting_mayor", sqlite_where=ONE_MAYOR, postgresql_where=ONE_MAYOR
        )
        batch_op.drop_index("ix_tenures_official_id")
        batch_op.drop_index("ix_tenures_office_id")

    op.drop_table("tenures")
    op.drop_table("officials")
