"""The offices, and what they were called before."""

import sqlalchemy as sa
from alembic import op


def create() -> None:
    """Forward."""
    _create_offices()
    _create_office_versions()


def drop() -> None:
    """Back."""
    with op.batch_alter_table("office_versions", schema=None) as batch_op:
        batch_op.drop_index("ix_office_versions_office_id")
    op.drop_table("office_versions")
    with op.batch_alter_table("offices", schema=None) as batch_op:
        batch_op.drop_index("ix_offices_scope")
    op.drop_table("offices")


def _create_offices() -> None:
    op.create_table(
        "offices",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column(
            "kind",
            sa.Enum(
                "department",
                "province",
                "district",
                "authority",
                name="kind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "authority_kind",
            sa.Enum(
                "pao",
                "city",
                "town",
                "tambon_municipality",
                "tao",
                "special",
                name="authority_kind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=True,
        ),
        sa.Column("province_code", sa.String(length=2), nullable=False),
        sa.Column("district_code", sa.String(length=4), nullable=True),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column("name_en", sa.String(length=200), nullable=False),
        sa.Column(
            "sort_key",
            sa.String(length=400).with_variant(sa.String(length=400, collation="C"), "postgresql"),
            nullable=False,
        ),
        sa.Column("search_text", sa.String(length=600), nullable=False),
        sa.Column("lat", sa.Double(), nullable=True),
        sa.Column("lon", sa.Double(), nullable=True),
        sa.Column("phone", sa.String(length=10), nullable=False),
        sa.Column("is_sample", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=True),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.Column("initial_password_used_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'authority') = (authority_kind IS NOT NULL)",
            name=op.f("ck_offices_authority_has_kind"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('district', 'authority') OR district_code IS NOT NULL",
            name=op.f("ck_offices_below_district_has_district"),
        ),
        sa.CheckConstraint(
            "closed_on IS NULL OR opened_on IS NULL OR closed_on >= opened_on",
            name=op.f("ck_offices_closes_after_it_opens"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offices")),
        sa.UniqueConstraint("code", name=op.f("uq_offices_code")),
    )
    with op.batch_alter_table("offices", schema=None) as batch_op:
        batch_op.create_index(
            "ix_offices_scope", ["kind", "province_code", "district_code"], unique=False
        )


def _create_office_versions() -> None:
    op.create_table(
        "office_versions",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("office_id", sa.Integer(), nullable=False),
        sa.Column("name_th", sa.String(length=200), nullable=False),
        sa.Column(
            "authority_kind",
            sa.Enum(
                "pao",
                "city",
                "town",
                "tambon_municipality",
                "tao",
                "special",
                name="authority_kind",
                native_enum=False,
                create_constraint=True,
            ),
            nullable=True,
        ),
        sa.Column("district_code", sa.String(length=4), nullable=True),
        sa.Column("valid_until", sa.Date(), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["office_id"], ["offices.id"], name=op.f("fk_office_versions_office_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_office_versions")),
    )
    with op.batch_alter_table("office_versions", schema=None) as batch_op:
        batch_op.create_index("ix_office_versions_office_id", ["office_id"], unique=False)
