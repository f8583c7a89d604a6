import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse

from guidelines.models import Resource
from guidelines.services.library import add_edition
from tests.factories.accounts import AssignmentFactory, UserFactory
from tests.factories.guidelines import EditionFactory, EndorsementFactory, GuidelinesFactory, ResourceFactory
from tests.factories.localities import CountryFactory

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\nendobj\nstartxref\n9\n%%EOF\n"


def pdf(content=PDF, name="toolkit.pdf"):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def values(**more):
    return {
        "kind": "toolkit",
        "title": "A toolkit",
        "author": "GNWP",
        "year": "2018",
        "country": "CD",
        "language": "en",
        "licence": "CC BY 4.0",
        "address": "https://gnwp.org",
        "handing_on": "address",
        "summary": "",
        "endorsed_by": "",
        "source": "",
        "as_of": "",
    } | more


def test_library_list_shows_language_and_licence_to_everybody_signed_in(signed_in, outsider, country):
    ResourceFactory(title="The law", kind="law", licence="law", language="ka", country=country)
    page = signed_in(outsider).get("/library/").content.decode()
    for word in ("The law", "Georgian", "Text of a law: free to hand on"):
        assert word in page
    assert "Add a text" in page


@pytest.mark.parametrize("rows", [1, 5])
def test_library_list_asks_the_same_for_one_row_and_five(
    rows, signed_in, oversight, country, django_assert_num_queries
):
    ResourceFactory.create_batch(rows, country=country)
    client = signed_in(oversight)
    with django_assert_num_queries(7):
        response = client.get("/library/")
    assert len(response.context["page"]) == rows
    assert "Add a text" not in response.content.decode()


def test_library_list_filters_and_sorts(signed_in, oversight, country):
    ResourceFactory(title="Old", year=2001, language="fr", licence="law", kind="law", country=country)
    ResourceFactory(title="New", year=2020)
    ResourceFactory(title="No year", author="GNWP")
    client = signed_in(oversight)

    def titles(query):
        return [row.title for row in client.get(f"/library/{query}").context["page"]]

    assert titles("?sort=newest") == ["New", "Old", "No year"]
    assert titles("?sort=oldest") == ["Old", "New", "No year"]
    assert titles("?kind=law") == titles("?language=fr") == titles("?licence=law") == ["Old"]
    assert titles("?country=CD") == ["Old"]
    assert titles("?q=gnwp") == ["No year"]
    assert "No text fits" in client.get("/library/?q=nothing").content.decode()


def test_library_list_hides_guidelines_that_are_held_back(signed_in, outsider, coordinator, country):
    edition = EditionFactory(guidelines__country=country, guidelines__is_public=False)
    held_back = add_edition(edition, by=coordinator)
    client = signed_in(outsider)
    assert held_back.title not in client.get("/library/").content.decode()
    assert client.get(held_back.get_absolute_url()).status_code == 404
    assert signed_in(coordinator).get(held_back.get_absolute_url()).status_code == 200


def test_resource_new_keeps_the_file_encrypted_and_hands_it_out(signed_in, coordinator, oversight, media):
    sent = values(handing_on="keep", file=pdf(), endorsed_by="Ministry of Gender\n\nMinistry of Gender\n")
    response = signed_in(coordinator).post("/library/new/", sent)
    found = Resource.objects.get()
    assert response.url == found.get_absolute_url()
    assert (found.added_by, found.country.code, found.endorsed_by) == (
        coordinator,
        "CD",
        ["Ministry of Gender"],
    )
    with found.file.open() as stored:
        assert b"%PDF" not in stored.read()
    handed_out = signed_in(oversight).get(reverse("resource_file", args=[found.code]))
    assert handed_out.content == PDF
    assert "sandbox" in handed_out["Content-Security-Policy"]
    assert "attachment" in handed_out["Content-Disposition"]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({"file": pdf(), "handing_on": "address"}, "Say first that the licence allows"),
        ({"file": pdf(), "handing_on": "keep", "licence": "reserved"}, "does not allow to hand the text on"),
        ({"file": pdf(b"<script>"), "handing_on": "keep"}, "This is not a PDF file"),
        (
            {"file": pdf(PDF, name="photo.exe"), "handing_on": "keep"},
            "Only PDF, JPEG and PNG files are taken.",
        ),
        ({"address": ""}, "Say where it can be read"),
        ({"address": "javascript:alert(1)"}, "Enter a valid URL"),
        ({"title": ""}, "fill this in."),
        ({"year": "18"}, "1945"),
        ({"country": "SL"}, "Select a valid choice"),
        ({"summary": "<b>bold</b>"}, "HTML is not used here"),
    ],
)
def test_resource_new_says_what_is_wrong(more, words, signed_in, coordinator, elsewhere, media):
    if "file" in more:
        more["file"].seek(0)
    response = signed_in(coordinator).post("/library/new/", values(**more))
    assert response.status_code == 422
    assert words in response.content.decode()
    assert not Resource.objects.exists()


def test_resource_new_is_refused_to_who_writes_no_guidelines(signed_in, oversight, facilitator):
    for user in (oversight, facilitator):
        assert signed_in(user).get("/library/new/").status_code == 403


def test_resource_file_of_an_address_is_not_there(signed_in, oversight):
    assert (
        signed_in(oversight).get(reverse("resource_file", args=[ResourceFactory().code])).status_code == 404
    )


def test_resource_edit_replaces_and_drops_the_file(
    signed_in, coordinator, media, django_capture_on_commit_callbacks
):
    client = signed_in(coordinator)
    client.post("/library/new/", values(handing_on="keep", file=pdf()))
    found = Resource.objects.get()
    address, first = reverse("resource_edit", args=[found.code]), found.file.name
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, values(handing_on="keep", file=pdf(PDF + b"\n"), row_version="1"))
    found.refresh_from_db()
    assert found.file.name != first
    assert [path.name for path in (media / "library").iterdir()] == [found.file.name.split("/")[1]]
    with django_capture_on_commit_callbacks(execute=True):
        client.post(address, values(row_version="2"))
    found.refresh_from_db()
    assert not found.file
    assert not list((media / "library").iterdir())


def test_resource_edit_shows_both_when_another_saved_first(signed_in, coordinator, country, media):
    found = ResourceFactory(country=country, row_version=2, summary="Theirs")
    sent = values(summary="Mine", handing_on="keep", file=pdf(), row_version="1")
    response = signed_in(coordinator).post(reverse("resource_edit", args=[found.code]), sent)
    assert response.status_code == 409
    assert "Theirs" in response.content.decode()
    assert "Mine" in response.content.decode()
    assert not list((media / "library").iterdir()), "no file without a row that leads to it"


@pytest.mark.parametrize(
    ("who", "country_code", "key", "allowed"),
    [
        ("coordinator", "CD", None, True),
        ("coordinator", "SL", None, False),
        ("coordinator", None, None, False),
        ("administrator", None, None, True),
        ("administrator", "CD", "with-the-portal", False),
        ("facilitator", "CD", None, False),
        ("oversight", "CD", None, False),
    ],
)
def test_resource_remove_is_for_who_writes_guidelines_there(
    request, who, country_code, key, allowed, signed_in, elsewhere
):
    country = CountryFactory(code=country_code) if country_code else None
    found = ResourceFactory(country=country, key=key)
    client = signed_in(request.getfixturevalue(who))
    for name in ("resource_edit", "resource_remove"):
        assert client.get(reverse(name, args=[found.code])).status_code == (200 if allowed else 403)
    client.post(reverse("resource_remove", args=[found.code]))
    assert Resource.objects.exists() is not allowed


def test_resource_edit_is_for_who_added_a_text_of_no_country(signed_in, coordinator):
    found = ResourceFactory(added_by=coordinator)
    assert signed_in(coordinator).get(reverse("resource_edit", args=[found.code])).status_code == 200


def test_add_edition_keeps_one_entry_for_each_document(signed_in, oversight, coordinator, country):
    guidelines = GuidelinesFactory(country=country, state="launched", title="Guidelines of the DRC")
    first = EditionFactory(guidelines=guidelines)
    EndorsementFactory(guidelines=guidelines, institution="Ministry of Gender")
    add_edition(first, by=coordinator)
    second = EditionFactory(guidelines=guidelines, number=2, launched_on="2027-01-01")
    second.refresh_from_db()
    found = add_edition(second, by=coordinator)
    assert Resource.objects.get() == found
    assert (found.year, found.language, found.endorsed_by) == (2027, "en", [])
    add_edition(first, by=coordinator)
    page = signed_in(oversight).get(found.get_absolute_url()).content.decode()
    assert "Ministry of Gender" in page
    assert "Read edition 2" in page


def test_load_library_is_idempotent_and_seeds_the_three_guidelines():
    """F35: Nepal, Sierra Leone and the DRC, with those who endorsed them."""
    call_command("load_localities", verbosity=0)
    for _time in range(2):
        call_command("load_library")
    seeded = Resource.objects.filter(kind="guidelines", country__code__in=["NP", "SL", "CD"])
    assert seeded.count() == 3
    nepal = seeded.get(country__code="NP")
    assert (nepal.year, len(nepal.endorsed_by)) == (2013, 2)
    assert not Resource.objects.filter(source="").exists()
    assert not Resource.objects.filter(as_of=None).exists()
    assert Resource.objects.get(kind="toolkit").licence == "CC BY 4.0"
    kinds = set(Resource.objects.values_list("kind", flat=True))
    assert {"guidelines", "toolkit", "template", "law"} <= kinds


def test_resource_of_somebody_elses_country_is_not_offered(signed_in):
    """Who writes in one country adds texts of that country, or of none."""
    user = AssignmentFactory(
        role="national_coordinator",
        country=CountryFactory(code="SL", name="Sierra Leone"),
        user=UserFactory(),
    ).user
    CountryFactory(code="CD")
    form = signed_in(user).get("/library/new/").context["form"]
    assert [country.code for country in form.fields["country"].queryset] == ["SL"]
    assert form["country"].value() == "SL"
