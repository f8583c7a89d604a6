from pathlib import Path

import pytest
import yaml

from localities.tiles import DATA, drawn_maps, is_drawn, places_of

LOCALITIES = Path(DATA).parent / "localities"
COUNTRIES = sorted(path.stem for path in LOCALITIES.glob("*.yaml"))


def levels(entries, depth=1):
    for entry in entries:
        yield entry["code"], depth
        yield from levels(entry.get("children", []), depth + 1)


@pytest.mark.parametrize("country", COUNTRIES)
def test_drawn_maps_place_every_locality_of_a_level_once(country):
    content = yaml.safe_load((LOCALITIES / f"{country}.yaml").read_text(encoding="utf-8"))
    known = dict(levels(content["localities"]))
    assert drawn_maps(country), "every country of the data files has a map of its first level"
    for places in drawn_maps(country):
        assert places.keys() <= known.keys()
        (level,) = {known[code] for code in places}
        assert {code for code, depth in known.items() if depth == level} == places.keys()
        assert len(set(places.values())) == len(places)


def test_places_of_takes_the_map_of_the_level_asked_for():
    places = places_of("SL", ["SL-FREETOWN-CITY", "SL-KONO"])
    assert places["SL-FREETOWN-CITY"] == (0, 2)
    assert places["SL-KONO"][0] > 0
    assert is_drawn("SL", ["SL-KONO"])


def test_places_of_puts_what_nobody_drew_below_the_map():
    places = places_of("SL", ["SL-KONO", "SL-NEW", "SL-NEWER"])
    assert places["SL-NEW"] == (0, 2)
    assert places["SL-NEWER"] == (1, 2)


def test_places_of_stands_in_rows_where_no_map_is_drawn():
    assert places_of("XX", ["A", "B", "C", "D"]) == {"A": (0, 0), "B": (1, 0), "C": (2, 0), "D": (0, 1)}
    assert not is_drawn("XX", ["A"])
    assert places_of("XX", []) == {}
