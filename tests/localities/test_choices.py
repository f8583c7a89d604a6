from localities.choices import locality_choices
from localities.models import Locality
from tests.factories.localities import LocalityFactory


def test_locality_choices_group_by_country_and_step_in(locality, elsewhere):
    LocalityFactory(code="CD-MBUJIMAYI", name="Mbujimayi", parent=locality)
    assert locality_choices(Locality.objects.select_related("country")) == [
        ("", "Choose a locality"),
        (
            "Democratic Republic of the Congo",
            [("CD-KE", "Kasaï-Oriental"), ("CD-MBUJIMAYI", "\u00a0\u00a0Mbujimayi")],
        ),
        ("Sierra Leone", [("SL-BO-CITY", "Bo City")]),
    ]
