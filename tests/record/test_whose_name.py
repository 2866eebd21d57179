"""A name in a case belongs to one person, who keeps it."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from workbench.errors import WorkbenchError
from workbench.record.whose_name import own_name, require_free

ANN, BOB = "https://id.example.org#ann", "https://id.example.org#bob"
names = some.text("ab 2", min_size=1, max_size=4)


def test_one_keeps_the_name_that_one_wrote_under_wherever_one_signs_in():
    assert own_name({"Anna": ANN, "Bob": BOB}, ANN, "Another") == "Anna"
    assert own_name({"Bob": BOB}, ANN, "Anna") == "Anna"


@given(some.dictionaries(names, some.sampled_from([BOB, None])), names)
def test_nobody_begins_with_a_name_that_is_anothers(owners, wanted):
    found = own_name(owners, ANN, wanted)
    assert found not in owners
    assert found == wanted or wanted in owners
    require_free(owners, ANN, found)


def test_a_name_that_is_anothers_and_a_second_one_are_refused():
    for owner in (BOB, None):
        with pytest.raises(WorkbenchError, match="is another's in this case"):
            require_free({"Bob": owner}, ANN, "Bob")
    with pytest.raises(WorkbenchError, match="kept under the name Anna"):
        require_free({"Anna": ANN}, ANN, "Anne")
    require_free({"Anna": ANN}, ANN, "Anna")
