"""A township sends a fault, need or suggestion with a photo; the county answers with state and reason."""

import io
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from inventory.actions.requests import answer_request, send_request
from inventory.models import Request
from itops.files.models import Attachment
from tests.support.county import County
from tests.support.pages import Visit, text_of

pytestmark = pytest.mark.django_db
SEND = "/requests/add/"


def given(county: County, **more: Any) -> dict[str, Any]:
    usual = {"sort": "fault", "place": county.xianxi.pk, "tag": "AH-XX-05", "kind": "", "quantity": 1}
    return usual | {"text": "开不了机"} | more


def sent(county: County, **more: Any) -> Request:
    usual: dict[str, Any] = {"place": county.xianxi, "sort": "need", "kind": "computer", "text": "新来一人"}
    return send_request(by="王海涛", **usual | more)


def photo() -> SimpleUploadedFile:
    picture = io.BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    return SimpleUploadedFile("现场.jpg", picture.getvalue(), "image/jpeg")


def test_an_officer_sends_a_fault_with_a_photo(county: County, visit: Visit, client: Client) -> None:
    answer = visit("township_officer", SEND, data=given(county, photo=photo()))
    made = Request.objects.get()
    assert answer["Location"] == reverse("inventory:request", args=[made.pk])
    assert (made.asset, made.kind, made.state) == (county.assets["old"], "computer", "open")
    assert made.sent_by == "township_officer"
    hung = Attachment.objects.get(model="inventory.request", object_id=made.pk)
    assert hung.kind == Attachment.Kind.PICTURE
    assert "现场.jpg" in text_of(visit("it_staff", answer["Location"]))


@pytest.mark.parametrize(
    "wrong",
    [
        {"tag": "AH-YX-02"},
        {"tag": "", "kind": ""},
        {"text": " "},
        {"sort": "wish"},
        {"sort": "need", "tag": "", "kind": "computer", "quantity": 0},
        {"sort": "need", "tag": "", "kind": "computer", "quantity": 201},
    ],
)
def test_what_makes_no_sense_is_refused(county: County, visit: Visit, wrong: dict[str, Any]) -> None:
    assert visit("it_staff", SEND, data=given(county, **wrong)).status_code == 422
    assert not Request.objects.exists()


def test_a_damaged_photo_sends_nothing(county: County, visit: Visit) -> None:
    broken = SimpleUploadedFile("现场.jpg", b"", "image/jpeg")
    assert visit("it_staff", SEND, data=given(county, photo=broken)).status_code == 422
    assert not Request.objects.exists()


def test_the_page_of_an_asset_fills_the_form_in(county: County, visit: Visit) -> None:
    text = text_of(visit("township_officer", f"{SEND}?asset=AH-XX-05"))
    assert 'value="AH-XX-05"' in text
    assert 'capture="environment"' in text
    assert 'value="AH-YX-02"' not in text_of(visit("township_officer", f"{SEND}?asset=AH-YX-02"))


def test_the_county_answers_with_state_and_reason(county: County, visit: Visit) -> None:
    made = sent(county)
    address = reverse("inventory:request_answer", args=[made.pk])
    assert visit("township_officer", address, data={"state": "accepted", "answer": "好"}).status_code == 403
    visit("it_staff", address, data={"state": "accepted", "answer": ""})
    made.refresh_from_db()
    assert made.state == "open"
    visit("it_staff", address, data={"state": "declined", "answer": "超出配备标准"})
    made.refresh_from_db()
    assert (made.state, made.answer) == ("declined", "超出配备标准")
    assert (made.answered_by, made.answered_on) == ("it_staff", timezone.localdate())
    assert "超出配备标准" in text_of(visit("township_officer", reverse("inventory:request", args=[made.pk])))


def test_another_township_s_request_is_not_there(county: County, visit: Visit) -> None:
    made = sent(county, place=county.foreign)
    for who in ("township_officer", "it_staff"):
        assert visit(who, reverse("inventory:request", args=[made.pk])).status_code == 404
        answer = visit(who, reverse("inventory:request_answer", args=[made.pk]), data={})
        assert answer.status_code == 404
    assert visit("township_officer", SEND, data=given(county, place=county.yanxi.pk)).status_code == 422


def test_rest_answers_and_adds_open_ones_alone(county: County, visit: Visit, client: Client) -> None:
    client.force_login(county.users["township_officer"])
    row = {"place": county.xianxi.pk, "sort": "need", "kind": "computer", "quantity": 2, "text": "缺两台"}
    added = client.post("/api/inventory/requests/", row, content_type="application/json")
    assert added.status_code == 201, added.content
    accepted = row | {"state": "accepted", "answer": "好"}
    refused = client.post("/api/inventory/requests/", accepted, content_type="application/json")
    assert refused.status_code == 400
    assert Request.objects.get().quantity == 2


def test_the_database_takes_no_answer_without_reason(county: County) -> None:
    made = sent(county)
    with pytest.raises(IntegrityError), transaction.atomic():
        Request.objects.filter(pk=made.pk).update(state="done")
    with pytest.raises(ValidationError):
        answer_request(made, state="done", answer=" ", by="刘敏")
    with pytest.raises(ValidationError):
        answer_request(made, state="open", answer="再看", by="刘敏")
    with pytest.raises(ValidationError):
        sent(county, asset=county.assets["foreign"])
