"""The first tables: offices, people, onboarding, signing in, audit.

They stand in four rooms (first_tables), which change no more than this file does.
It must work while the code of the release before still runs: add first, take away a release later.
"""

from data_layer.migrations.first_tables import offices, onboarding, people, upkeep

revision = "0001_create_first_tables"
down_revision = None
branch_labels = None
depends_on = None

# in the order of who refers to whom
ROOMS = (upkeep, offices, people, onboarding)


def upgrade() -> None:
    """Forward."""
    for room in ROOMS:
        room.create()


def downgrade() -> None:
    """Back."""
    for room in reversed(ROOMS):
        room.drop()
