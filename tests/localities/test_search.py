import pytest
from hypothesis import given
from hypothesis import strategies as st

from localities.search import search_text


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["Kasaï-Oriental"], "kasai oriental"),
        (["Ilijaš"], "ilijas"),
        (["Şırnak", "Şırnak"], "sirnak"),
        (["Đurđevac"], "durdevac"),
        (["Gori", "გორი"], "gori | გორი"),
        (["  Bo   City "], "bo city"),
        ([""], ""),
    ],
)
def test_search_text(names, expected):
    assert search_text(*names) == expected


@given(st.text(max_size=60))
def test_search_text_of_search_text_is_the_same(name):
    once = search_text(name)
    assert search_text(once) == once
