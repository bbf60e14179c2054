"""The database's structure: bring it to the newest migration; prove that the keys are right."""

from alembic import command
from alembic.config import Config as AlembicConfig
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import select

from data_layer.config import ROOT, config
from data_layer.db import bookkeeping, engine, reading
from data_layer.keys import KeysUnusable, make_keys, read_keys, write_keys
from data_layer.models import Canary
from data_layer.models.people import new_uid

WORD = "phrom"


def alembic_config() -> AlembicConfig:
    """Alembic's settings, without a file of their own."""
    made = AlembicConfig()
    made.set_main_option("script_location", str(ROOT / "data_layer" / "migrations"))
    return made


def migrate() -> None:
    """Bring the database of the settings to the newest migration; from empty, too."""
    command.upgrade(alembic_config(), "head")


def is_current() -> bool:
    """Whether the database is at the newest migration."""
    head = ScriptDirectory.from_config(alembic_config()).get_current_head()
    with engine(config().database_url).connect() as connection:
        return MigrationContext.configure(connection).get_current_revision() == head


def ensure_keys() -> None:
    """Make the key file on a new installation. Raises KeysUnusable when data would be orphaned."""
    path = config().keys_file
    if path.exists():
        read_keys(path)
        return
    if is_current() and _has_canary():
        message = f"the database holds sealed data but its key file {path} is missing: restore it"
        raise KeysUnusable(message)
    write_keys(make_keys(), path)


def prove_keys() -> None:
    """Open the canary, or plant it the first time. Raises KeysUnusable when it does not open."""
    with reading() as session:
        canary = session.scalar(select(Canary))
        if canary is not None:
            _ = canary.word
            return
    with bookkeeping() as session:
        planted = Canary(uid=new_uid())
        planted.word = WORD
        session.add(planted)


def _has_canary() -> bool:
    with reading() as session:
        return session.scalar(select(Canary.uid)) is not None
