import pytest

from localities.coverage import Coverage, root_path


@pytest.mark.parametrize(
    ("first_level", "work", "reached", "share"),
    [
        (["0001", "0002", "0003"], [], 0, 0),
        (["0001", "0002", "0003"], ["0001"], 1, 33),
        (["0001", "0002", "0003"], ["00010001", "00010002", "0001"], 1, 33),
        (["0001", "0002", "0003"], ["0001", "00020001", "0003"], 3, 100),
        (["0001"], ["0009"], 0, 0),
        ([], ["0001"], 0, 0),
    ],
)
def test_coverage_counts_each_first_level_place_once(first_level, work, reached, share):
    coverage = Coverage.of(first_level, work)
    assert (coverage.reached, coverage.total) == (reached, len(first_level))
    assert coverage.share == share


def test_root_path_is_the_first_step():
    assert root_path("000100020003") == "0001"


@pytest.mark.parametrize(("reached", "share"), [(0, 0), (1, 1), (12, 4), (299, 99), (300, 100)])
def test_coverage_share_is_0_only_for_none_and_100_only_for_all(reached, share):
    assert Coverage(reached, 300).share == share
