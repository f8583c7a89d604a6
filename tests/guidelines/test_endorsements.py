import datetime
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.urls import reverse

from accounts.models import AuditEvent
from guidelines.models import Endorsement, Guidelines, GuidelinesMove
from guidelines.signatories import ensure
from tests.factories.guidelines import EndorsementFactory

PDF = b"%PDF-1.4 the letter of the minister\nstartxref\n9\n%%EOF\n"
DAY = "2026-05-04"
pytestmark = pytest.mark.usefixtures("media")


@pytest.fixture
def ministries(country):
    country.ministries = {"nap": "Ministry of Gender", "local_government": "Ministry of Decentralisation"}
    country.save()
    ensure(country)
    return list(country.signatories.all())


@pytest.fixture
def validated(guidelines, section, ministries):
    Guidelines.objects.filter(pk=guidelines.pk).update(state="validated")
    GuidelinesMove.objects.create(
        guidelines=guidelines, was="drafting", now="validated", on=datetime.date(2026, 5, 1)
    )
    guidelines.refresh_from_db()
    return guidelines


def url(guidelines):
    return reverse("guidelines_endorsement_new", args=[guidelines.code])


def typed(**values):
    return {"position": "Minister", "on": DAY} | values


def state_of(guidelines):
    return Guidelines.objects.get(pk=guidelines.pk).state


def test_endorsement_new_of_the_last_required_one_makes_it_endorsed(
    validated, ministries, coordinator, signed_in
):
    client = signed_in(coordinator)
    for signatory, state in zip(ministries, ["validated", "endorsed"], strict=True):
        assert client.post(url(validated), typed(signatory=signatory.code)).status_code == 302
        assert state_of(validated) == state
    row = Endorsement.objects.first()
    assert (row.institution, row.position, row.edition_number) == ("Ministry of Gender", "Minister", 1)
    events = AuditEvent.objects.filter(verb="recorded endorsement")
    assert {"endorsement": row.code} in [event.detail for event in events]


def test_endorsement_new_of_another_institution_is_not_required(validated, coordinator, signed_in):
    client = signed_in(coordinator)
    assert client.post(url(validated), typed(institution="UN Women")).status_code == 302
    assert state_of(validated) == "validated"


def test_endorsement_new_of_a_required_one_typed_by_its_name_counts(
    validated, ministries, coordinator, signed_in
):
    signed_in(coordinator).post(url(validated), typed(institution="MINISTRY of  gender"))
    assert Endorsement.objects.get().signatory == ministries[0]


def test_endorsement_new_sent_twice_is_one(validated, ministries, coordinator, signed_in):
    client = signed_in(coordinator)
    data = typed(signatory=ministries[0].code, sent_form="00000000-0000-4000-8000-000000000002")
    assert [client.post(url(validated), data).status_code for _ in range(2)] == [302, 302]
    assert Endorsement.objects.count() == 1


@pytest.mark.parametrize("again", ["signatory", "institution"])
def test_endorsement_new_twice_is_refused_at_the_field(again, validated, ministries, coordinator, signed_in):
    client = signed_in(coordinator)
    client.post(url(validated), typed(signatory=ministries[0].code))
    value = ministries[0].code if again == "signatory" else "ministry of GENDER"
    response = client.post(url(validated), typed(**{again: value}))
    assert response.status_code == 422
    assert "Ministry of Gender has endorsed this text already" in response.content.decode()
    assert Endorsement.objects.count() == 1


def test_database_holds_one_endorsement_an_institution(validated, ministries):
    first = EndorsementFactory(
        guidelines=validated, signatory=ministries[0], institution="Ministry of Gender"
    )
    for same in ({"institution": "Ministry of Gender"}, {"signatory": ministries[0]}):
        with pytest.raises(IntegrityError), transaction.atomic():
            EndorsementFactory(guidelines=validated, **same)
    first.withdrawn_on = datetime.date(2026, 5, 5)
    first.save()
    EndorsementFactory(guidelines=validated, signatory=ministries[0], institution="Ministry of Gender")


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"on": "2999-01-01", "institution": "UN Women"}, "This day has not come yet."),
        ({"on": "2026-04-30", "institution": "UN Women"}, "The text was validated on"),
        ({"institution": ""}, "Which institution?"),
        ({"institution": "\u200b\u200b"}, "Write the name of the institution."),
        ({"institution": "UN \u0378"}, "No installed font has these letters"),
        ({"institution": "UN Women", "position": "\u0378"}, "No installed font has these letters"),
        ({"institution": "UN Women", "position": ""}, "required"),
    ],
)
def test_endorsement_new_refuses_in_words(values, said, validated, coordinator, signed_in):
    response = signed_in(coordinator).post(url(validated), typed(**values))
    assert response.status_code == 422
    assert said in response.content.decode()
    assert not Endorsement.objects.exists()


def test_endorsement_new_of_one_that_is_not_named_asks_for_the_name(guidelines, coordinator, signed_in):
    ensure(guidelines.country)
    Guidelines.objects.update(state="validated")
    signatory = guidelines.country.signatories.first()
    response = signed_in(coordinator).post(url(guidelines), typed(signatory=signatory.code))
    assert response.status_code == 422
    assert "Name this institution first" in response.content.decode()


@pytest.mark.parametrize("state", ["drafting", "field_test", "revision", "launched", "retired"])
def test_endorsement_new_only_of_a_validated_text(state, validated, ministries, coordinator, signed_in):
    Guidelines.objects.update(state=state)
    client = signed_in(coordinator)
    assert client.get(url(validated)).status_code == 302
    response = client.post(url(validated), typed(signatory=ministries[0].code))
    assert response.status_code == 409
    assert "Minister" in response.content.decode()
    assert not Endorsement.objects.exists()


def with_scan(client, guidelines, content=PDF, name="letter.pdf", **values):
    scan = SimpleUploadedFile(name, content, content_type="application/pdf")
    return client.post(url(guidelines), typed(scan=scan, **values))


def test_endorsement_scan_is_encrypted_and_for_who_writes(
    validated, ministries, coordinator, facilitator, oversight, outsider, signed_in
):
    client = signed_in(coordinator)
    assert with_scan(client, validated, signatory=ministries[0].code).status_code == 302
    row = Endorsement.objects.get()
    assert b"letter" not in (Path(settings.MEDIA_ROOT) / row.scan.name).read_bytes()
    address = reverse("guidelines_endorsement_scan", args=[validated.code, row.code])
    response = client.get(address)
    assert response.content == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert "sandbox" in response["Content-Security-Policy"]
    for user, status in ((facilitator, 403), (oversight, 403), (outsider, 404)):
        assert signed_in(user).get(address).status_code == status


def test_endorsement_without_a_scan_has_none_to_hand_out(validated, coordinator, signed_in):
    row = EndorsementFactory(guidelines=validated)
    address = reverse("guidelines_endorsement_scan", args=[validated.code, row.code])
    assert signed_in(coordinator).get(address).status_code == 404


def test_endorsement_scan_that_is_no_pdf_is_refused(validated, ministries, coordinator, signed_in):
    response = with_scan(
        signed_in(coordinator), validated, content=b"<script>alert(1)</script>", signatory=ministries[0].code
    )
    assert response.status_code == 422
    assert "This is not a PDF file" in response.content.decode()


def test_endorsement_refused_leaves_no_file(validated, ministries, coordinator, signed_in, media):
    EndorsementFactory(guidelines=validated, signatory=ministries[0], institution="Ministry of Gender")
    assert with_scan(signed_in(coordinator), validated, signatory=ministries[0].code).status_code == 422
    assert not list(media.rglob("endorsements/*"))


def test_endorsement_withdraw_goes_back_to_validated(validated, ministries, coordinator, signed_in):
    rows = [
        EndorsementFactory(guidelines=validated, signatory=each, institution=each.institution)
        for each in ministries
    ]
    Guidelines.objects.update(state="endorsed")
    client = signed_in(coordinator)
    address = reverse("guidelines_endorsement_withdraw", args=[validated.code, rows[0].code])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Recorded by mistake"}).status_code == 302
    assert state_of(validated) == "validated"
    rows[0].refresh_from_db()
    assert (rows[0].withdrawn_reason, rows[0].withdrawn_on is None) == ("Recorded by mistake", False)
    assert client.get(address).status_code == 302
    data = typed(signatory=ministries[0].code)
    assert client.post(url(validated), data).status_code == 302  # and it can sign once more
    assert state_of(validated) == "endorsed"


def test_endorsement_withdraw_not_once_it_is_launched(validated, coordinator, signed_in):
    row = EndorsementFactory(guidelines=validated)
    Guidelines.objects.update(state="launched")
    address = reverse("guidelines_endorsement_withdraw", args=[validated.code, row.code])
    assert signed_in(coordinator).post(address, {"reason": "Too late"}).status_code == 409
    row.refresh_from_db()
    assert row.withdrawn_on is None
