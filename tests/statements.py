"""What an act asks of the database."""

from sqlalchemy import event

from data_layer.config import config
from data_layer.db import engine


def statements(act):
    """The statements of the act, without those that begin a transaction."""
    found = []

    def note(_connection, _cursor, statement, *_):
        if not statement.startswith("BEGIN"):
            found.append(statement)

    listening = engine(config().database_url)
    event.listen(listening, "before_cursor_execute", note)
    act()
    event.remove(listening, "before_cursor_execute", note)
    return found
