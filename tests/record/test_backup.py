"""A store kept in one file, wiped and brought back: on both stores and across them."""

import gzip
import hashlib
import io
import itertools
import json
import threading

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings, strategies

from tests.builders import make_case
from tests.record.conftest import STORES
from workbench.case.entry import Change, EntryKind
from workbench.errors import WorkbenchError
from workbench.method.matrix import build
from workbench.method.scoring import assess
from workbench.record import backup, callers, verifying
from workbench.record.desk import Desk, judgments_of
from workbench.record.ledger import LedgerError
from workbench.record.rights import Role, role_of
from workbench.record.store.schema import METADATA
from workbench.record.stored_cases import Bundle, bring, given_out

CASE = make_case("E1: CC C N", "E2: N I II", "E3: - C -", sources={"e1": "s"})
# What gzip notes of when and where it packed: no matter to what is in it.
_OF_GZIP = range(4, 10)
FILES = {
    "hypotheses/_question.yaml": "question: Wäre es so?\nid: the-sea\n".encode(),
    "evidence/picture.png": bytes(range(256)),
}
LEA = "https://id.example.org#lea"


def fill(ledger):
    """Put in what stores hold: judgments, texts, roles, documents of cases."""
    ann = Desk(ledger, CASE, "ann")
    ann.receive("page", [[1, "change", [["rating", "e1", "h1", "II", "Ünd — 証拠."]]]])
    ann.receive("page", [[2, "change", [["emphasis", "e2", None, 0.1]]], [3, "undo"]])
    Desk(ledger, CASE, "bob").receive(
        "other", [[1, "change", [["rating", "e2", "h2", "CC", None]]]]
    )
    with ledger.writing("command line", "the-ship") as pen:
        pen.write("line", 1, [Change(EntryKind.ROLE, to="lead", part=LEA)])
    with ledger.writing("Lea", "the-ship", LEA) as pen:
        kept = pen.keep("title: Ship\n" * 500)
        text = Change(EntryKind.DOCUMENT, to=kept, part="evidence/a.yaml")
        pen.write("line", 2, [text])
    bring(ledger, [Bundle("the-sea", FILES)])
    callers.note_visitor(ledger, "the-ship", LEA, "Lea")
    ledger.note_place("the-ship", "a-machine", "/srv/the-ship")
    return kept


def everything(ledger):
    """Give all that a store holds, by table."""
    with ledger.snapshot() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(sa.select(*table.c))))
            for table in METADATA.sorted_tables
        }


def fingerprints(ledger):
    return {
        name: assess(build(CASE, judgments_of(ledger, CASE, name))).fingerprint
        for name in ("ann", "bob")
    }


def kept(ledger):
    stream = io.BytesIO()
    backup.write(ledger, stream)
    return stream.getvalue()


def bring_back(ledger, data, name="store.backup"):
    backup.check(io.BytesIO(data), name)
    backup.restore(ledger, io.BytesIO(data), name)


@pytest.mark.parametrize(("before", "after"), list(itertools.product(STORES, STORES)))
def test_a_store_kept_and_brought_back_is_the_same_to_the_last_hash(
    new_store, before, after
):
    ledger = new_store(before).open()
    text = fill(ledger)
    heads = json.dumps(verifying.verify(ledger).document())
    brought = new_store(after).open()
    bring_back(brought, kept(ledger))
    assert everything(brought) == everything(ledger)
    expected = verifying.read_note(heads, "heads")
    assert not verifying.verify(brought, expected).faults
    assert fingerprints(brought) == fingerprints(ledger)
    assert brought.text(text) == "title: Ship\n" * 500
    assert role_of(brought, "the-ship", LEA) is Role.LEAD
    assert given_out(brought, "the-sea") == FILES
    assert callers.visitors(brought, "the-ship") == {LEA: "Lea"}
    assert brought.place("the-ship", "a-machine") == "/srv/the-ship"

    # Work goes on, numbers after those that were brought back, and can be undone.
    desk = Desk(brought, CASE, "ann")
    desk.receive("new", [[1, "change", [["rating", "e3", "h2", "I", None]]]])
    assert desk.can_undo
    seqs = [one.seq for one in brought.entries()]
    assert len(set(seqs)) == len(seqs) == len(ledger.entries()) + 1
    assert not verifying.verify(brought, expected).faults


def test_a_store_that_holds_anything_is_left_as_it_is(store, new_store):
    source = new_store("sqlite").open()
    fill(source)
    ledger = store.open()
    callers.note_visitor(ledger, "the-ship", LEA, "Lea")
    before = everything(ledger)
    with pytest.raises(LedgerError, match=r"not empty \(it holds facts 1\)"):
        bring_back(ledger, kept(source))
    assert everything(ledger) == before


def test_a_backup_shows_one_moment_while_others_write(store):
    ledger, other = store.open(), store.open()
    fill(ledger)
    stop = threading.Event()

    def write():
        desk = Desk(other, CASE, "cat")
        for number in itertools.count(1):
            desk.receive(
                "cat", [[number, "change", [["emphasis", "e1", None, number % 7 / 4]]]]
            )
            other.note_place(f"case-{number}", "a-machine", "/srv")
            if stop.is_set():
                return

    writer = threading.Thread(target=write)
    writer.start()
    try:
        made = [kept(ledger) for _ in range(8)]
    finally:
        stop.set()
        writer.join()
    written = [one.hash for one in ledger.entries("cat")]
    for data in made:
        found = backup.check(io.BytesIO(data), "store.backup")
        rows = [json.loads(line) for line in gzip.decompress(data).splitlines()]
        of_cat = [row[14] for row in rows if isinstance(row, list) and "cat" in row]
        assert of_cat == written[: len(of_cat)]
        # each entry but the last has its place
        assert found.rows["places"] - 1 in (len(of_cat), len(of_cat) - 1)


def test_what_was_altered_comes_back_as_altered(new_store):
    place = new_store("sqlite")
    ledger = place.open()
    fill(ledger)
    for number, found in enumerate(("x'ff41'", "cast(x'ff41' as text)"), 1):
        place.alter(f"update entries set because = {found} where seq = {number}")
    before = verifying.verify(ledger)
    assert len(before.faults) >= 2
    data = kept(ledger)
    brought = new_store("sqlite").open()
    bring_back(brought, data)
    assert everything(brought) == everything(ledger)
    assert verifying.verify(brought).document() == before.document()

    # The other store holds texts in UTF-8 alone: it says so, and takes nothing.
    another = new_store("postgresql").open()
    with pytest.raises(LedgerError, match="nothing restored: "):
        bring_back(another, data)
    assert another.entries() == []


# ------------------------------------------------------------------ files that are none


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    from workbench.record.ledger import Ledger  # noqa: PLC0415
    from workbench.record.store.opening import file_url  # noqa: PLC0415

    ledger = Ledger(file_url(tmp_path_factory.mktemp("whole") / "ledger.sqlite3"))
    fill(ledger)
    yield kept(ledger)
    ledger.close()


def refused(data):
    with pytest.raises(WorkbenchError) as caught:
        backup.check(io.BytesIO(data), "my.backup")
    said = str(caught.value)
    assert said.startswith("my.backup: ")
    assert said.endswith("; nothing was restored")
    return said


def lines(data):
    return gzip.decompress(data).splitlines(keepends=True)


def signed(found):
    """Put lines together as a program that means it would."""
    body = b"".join(found)
    end = json.dumps({"sha256": hashlib.sha256(body).hexdigest()}).encode() + b"\n"
    return gzip.compress(body + end)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(share=strategies.floats(0, 1, exclude_max=True))
def test_a_backup_that_is_cut_anywhere_is_refused(whole, share):
    assert refused(whole[: int(share * len(whole))])
    *rows, _ = lines(whole)
    some = rows[: int(share * len(rows))]
    assert "cut off" in refused(gzip.compress(b"".join(some))) or not some


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=strategies.integers(0), bit=strategies.integers(0, 7))
def test_a_backup_with_a_bit_turned_is_refused_or_says_the_same(whole, place, bit):
    data = bytearray(whole)
    data[place % len(data)] ^= 1 << bit
    if place % len(data) in _OF_GZIP:
        assert backup.check(io.BytesIO(bytes(data)), "my.backup") == backup.check(
            io.BytesIO(whole), "my.backup"
        )
    else:
        assert refused(bytes(data))


def test_a_row_that_was_changed_removed_or_added_is_refused(whole):
    head, first, second, *rest = lines(whole)
    turned = first.replace(b"sea", b"lake", 1)
    assert turned != first
    for found in (
        [head, turned, second, *rest],
        [head, second, *rest],
        [head, second, first, *rest],
        [head, first, first, second, *rest],
        [head, first, second, *rest, b"[]\n"],
    ):
        assert "damaged" in refused(gzip.compress(b"".join(found)))


def test_what_another_or_a_newer_program_wrote_is_refused_by_name(whole):
    for other in (b"", b"{}\n", b"\x00" * 64, gzip.compress(b"hello\n"), b"PK\x03\x04"):
        assert "no backup of a store" in refused(other) or "cut off" in refused(other)
    head, *rows, _ = lines(whole)
    manifest = json.loads(head)
    for key in ("format", "form"):
        newer = json.dumps(manifest | {key: 99}).encode() + b"\n"
        assert "newer version" in refused(signed([newer, *rows]))
    strange = {**manifest["tables"], "weather": {"columns": ["a"], "rows": 0}}
    for changed in (
        {"tables": strange},
        {"tables": []},
        {"tables": {"facts": {"columns": ["name", "else"], "rows": 0}}},
        {"format": "1"},
    ):
        line = json.dumps(manifest | changed).encode() + b"\n"
        assert "damaged" in refused(signed([line, *rows]))


def test_a_number_that_no_store_holds_is_refused_by_name(whole):
    head, *rows, _ = lines(whole)
    at = next(at for at, row in enumerate(rows) if len(json.loads(row)) > 10)
    row = json.loads(rows[at])
    place = next(at for at, one in enumerate(row) if isinstance(one, int))
    for number in (2**63, -(2**70)):
        row[place] = number
        changed = [*rows[:at], json.dumps(row).encode() + b"\n", *rows[at + 1 :]]
        assert "larger than any store holds" in refused(signed([head, *changed]))
    manifest = json.loads(head)
    manifest["tables"]["facts"]["rows"] = float("inf")
    line = json.dumps(manifest).encode() + b"\n"
    assert "damaged" in refused(signed([line, *rows]))


def test_a_backup_of_before_a_column_was_added_is_read(new_store, whole):
    head, *rows, _ = lines(whole)
    manifest = json.loads(head)
    columns = manifest["tables"]["entries"]["columns"]
    assert columns[-1] == "identity"
    manifest["tables"]["entries"]["columns"] = columns[:-1]
    counts = {name: one["rows"] for name, one in manifest["tables"].items()}
    many, names = counts["entries"], list(counts)
    start = sum(counts[name] for name in names[: names.index("entries")])
    rows[start : start + many] = [
        json.dumps(json.loads(row)[:-1]).encode() + b"\n"
        for row in rows[start : start + many]
    ]
    data = signed([json.dumps(manifest).encode() + b"\n", *rows])
    ledger = new_store("sqlite").open()
    bring_back(ledger, data)
    assert len(ledger.entries()) == many
