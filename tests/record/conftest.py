"""Every test of the record runs on both kinds of store."""

import itertools
from dataclasses import dataclass, field

import pytest
import sqlalchemy as sa

from tests import postgres
from workbench.record.ledger import Ledger
from workbench.record.store.opening import file_url

STORES = ("sqlite", "postgresql")
_NUMBERS = itertools.count(1)


@dataclass
class Place:
    """A store by its URL, what opens it, and a way to change it behind its back."""

    url: str
    opened: list[Ledger] = field(default_factory=list)

    def open(self):
        found = Ledger(self.url)
        self.opened.append(found)
        return found

    def alter(self, statement, **values):
        engine = sa.create_engine(
            self.url.replace("postgresql:", "postgresql+psycopg:")
        )
        with engine.begin() as connection:
            connection.execute(sa.text(statement), values)
        engine.dispose()


@pytest.fixture(scope="session")
def postgres_server():
    """A PostgreSQL server of this process, started when first asked for."""
    with postgres.server() as address:
        yield address


@pytest.fixture
def new_store(request, tmp_path):
    """Give a function that makes a new store of a kind."""
    made = []

    def make(kind):
        number = next(_NUMBERS)
        if kind == "sqlite":
            place = Place(file_url(tmp_path / f"ledger-{number}.sqlite3"))
        else:
            server = request.getfixturevalue("postgres_server")
            place = Place(postgres.new_schema(server, f"test_{number}"))
        made.append(place)
        return place

    yield make
    for place in made:
        for ledger in place.opened:
            ledger.close()


@pytest.fixture(params=STORES)
def store(request, new_store):
    """An empty store of each kind."""
    return new_store(request.param)


@pytest.fixture
def ledger(store):
    """The ledger of an empty store of each kind."""
    return store.open()
