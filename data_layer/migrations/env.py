"""Alembic's entry: migrates the database of the settings, or the connection it is given."""

from alembic import context

from data_layer.config import config
from data_layer.db import engine
from data_layer.models import Base

given = context.config.attributes.get("connection")


def run(connection: object) -> None:
    """Run the migrations in one transaction on this connection."""
    context.configure(
        connection=connection,  # type: ignore[arg-type]  # alembic hands it through untyped
        target_metadata=Base.metadata,
        render_as_batch=True,  # SQLite changes a table by making it anew
        compare_type=True,
    )
    with context.begin_transaction():
        context.run_migrations()


if given is not None:
    run(given)
else:
    with engine(config().database_url).execution_options(writes=True).connect() as own:
        run(own)
        own.commit()
