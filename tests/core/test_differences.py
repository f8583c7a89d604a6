import random
from time import perf_counter

import pytest

from core.differences import Piece, merged, pieces


def test_pieces_go_word_by_word():
    assert pieces("The women decide too.", "The young women decide now.") == [
        Piece("same", "The "),
        Piece("added", "young "),
        Piece("same", "women decide "),
        Piece("removed", "too"),
        Piece("added", "now"),
        Piece("same", "."),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [("", ""), ("", "new"), ("old", ""), ("same text", "same text"), ("one\r\ntwo", "one\ntwo")],
)
def test_pieces_of_the_same_and_of_nothing(before, after):
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.kind != "removed") == after
    assert all(piece.kind == "same" for piece in found) == (before.replace("\r", "") == after)


def test_pieces_leave_words_whole_in_every_script():
    """A vowel sign of Nepali is no letter to Python; the word is one all the same."""
    assert [piece.text for piece in pieces("महिला शान्ति", "महिला सुरक्षा")] == ["महिला ", "शान्ति", "सुरक्षा"]


def test_pieces_put_together_are_the_texts():
    words = [f"word{number}" for number in range(50)]
    chance = random.Random(7)  # noqa: S311 - a repeatable mixture
    for _round in range(50):
        before = " ".join(chance.choices(words, k=40))
        after = " ".join(chance.choices(words, k=40))
        found = pieces(before, after)
        assert "".join(piece.text for piece in found if piece.kind != "added") == before
        assert "".join(piece.text for piece in found if piece.kind != "removed") == after


def test_pieces_of_two_long_texts_take_no_time():
    chance = random.Random(7)  # noqa: S311
    before, after = (" ".join(f"w{chance.randrange(3000)}" for _ in range(3600))[:20_000] for _ in "ab")
    start = perf_counter()
    assert pieces(before, after)
    assert perf_counter() - start < 0.5  # 0.1 on an idle machine


@pytest.mark.parametrize(
    ("base", "theirs", "yours", "result"),
    [
        ("one two three", "ONE two three", "one two THREE", "ONE two THREE"),
        (
            "first. second.",
            "first. second. third.",
            "zeroth. first. second.",
            "zeroth. first. second. third.",
        ),
        ("one two", "one two", "one 2", "one 2"),
        ("one two", "1 two", "one two", "1 two"),
        ("one two three four", "one three four", "one two three 4", "one three 4"),
        ("one two", "1 two", "1 two", "1 two"),  # both did the same
        ("a\r\nb c", "A\nb c", "a\r\nb C", "A\nb C"),
    ],
)
def test_merged_keeps_both_changes(base, theirs, yours, result):
    assert merged(base, theirs, yours) == result


@pytest.mark.parametrize(
    ("base", "theirs", "yours"),
    [
        ("one two three", "one 2 three", "one zwei three"),
        ("the end", "the end of theirs", "the end of mine"),
        ("", "theirs", "mine"),
        ("one two three", "one three", "one 2 three"),
        ("one two three", "one three", "one two 3"),  # side by side is the same place
    ],
)
def test_merged_leaves_the_same_place_to_people(base, theirs, yours):
    assert merged(base, theirs, yours) is None
