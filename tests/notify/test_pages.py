"""Webhooks are made and looked at by those who may; what is secret is never shown again."""

import pytest
from django.urls import reverse
from pytest_django import Settings

from itops.notify.actions import send_test
from itops.notify.models import Delivery, Webhook
from tests.support.county import County
from tests.support.pages import Visit, text_of

SECRET = "a secret of the county"


def entries(county: County, **more: str) -> dict[str, str]:
    usual = {
        "name": "台账",
        "place": str(county.county.pk),
        "url": "https://ledger.example.cn/hook",
        "sorts": "inventory.asset",
        "actions": "change",
        "secret": SECRET,
        "headers": "Authorization: Bearer abc",
        "enabled": "on",
    }
    return usual | more


@pytest.fixture
def hook(county: County, visit: Visit) -> Webhook:
    assert visit("county_administrator", reverse("notify:add"), data=entries(county)).status_code == 302
    return Webhook.objects.get()


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_pages_show_it_without_its_secrets(hook: Webhook, visit: Visit, language: str) -> None:
    delivery = send_test(hook, by="user:7")
    Delivery.objects.update(answer="timeout", attempts=1)
    for address in (
        reverse("notify:webhooks"),
        reverse("notify:webhook", args=[hook.pk]),
        reverse("notify:edit", args=[hook.pk]),
    ):
        page = visit("county_administrator", address, language=language)
        assert page.status_code == 200
        assert SECRET not in text_of(page)
        assert "Bearer" not in text_of(page)
    shown = text_of(visit("auditor", reverse("notify:webhook", args=[hook.pk]), language=language))
    assert delivery.event in shown
    assert ("五秒" if language == "zh-hans" else "five seconds") in shown


def test_empty_secrets_stay_and_a_dash_removes_headers(county: County, hook: Webhook, visit: Visit) -> None:
    address = reverse("notify:edit", args=[hook.pk])
    visit("county_administrator", address, data=entries(county, secret="", headers="", name="新"))
    hook.refresh_from_db()
    assert (hook.name, hook.secret, hook.headers) == ("新", SECRET, "Authorization: Bearer abc")
    visit("county_administrator", address, data=entries(county, secret="", headers="-"))
    hook.refresh_from_db()
    assert hook.headers == ""


@pytest.mark.parametrize(
    "wrong",
    [
        {"url": "http://169.254.169.254/"},
        {"url": "http://127.0.0.1/"},
        {"url": "https://user:pass@example.cn/"},
        {"url": "ftp://example.cn/"},
        {"secret": "short"},
        {"secret": ""},
        {"headers": "Host: elsewhere"},
        {"headers": "X-Itops-Signature: forged"},
        {"headers": "no colon"},
        {"sorts": "organisation.person"},
    ],
    ids=lambda wrong: "-".join(map(str, *wrong.items())),
)
def test_what_cannot_work_or_may_not_be_is_refused(
    wrong: dict[str, str], county: County, visit: Visit
) -> None:
    page = visit("county_administrator", reverse("notify:add"), data=entries(county, **wrong))
    assert page.status_code == 200
    assert not Webhook.objects.exists()


def test_a_webhook_for_another_county_is_refused(county: County, visit: Visit) -> None:
    foreign = entries(county, place=str(county.neighbour.pk))
    visit("county_administrator", reverse("notify:add"), data=foreign)
    assert not Webhook.objects.exists()


@pytest.mark.parametrize("role", ["it_staff", "leadership", "township_officer", "nobody"])
def test_other_roles_see_none(role: str, hook: Webhook, visit: Visit) -> None:
    assert visit(role, reverse("notify:webhooks")).status_code == 403
    assert visit(role, reverse("notify:webhook", args=[hook.pk])).status_code == 404


def test_an_auditor_looks_and_changes_nothing(hook: Webhook, visit: Visit) -> None:
    delivery = send_test(hook, by="user:7")
    assert visit("auditor", reverse("notify:test", args=[hook.pk]), data={}).status_code == 403
    assert visit("auditor", reverse("notify:again", args=[delivery.pk]), data={}).status_code == 403
    assert visit("auditor", reverse("notify:edit", args=[hook.pk])).status_code == 403
    assert visit("auditor", reverse("notify:add")).status_code == 403


def test_a_delivery_is_sent_again_from_the_page(hook: Webhook, visit: Visit, settings: Settings) -> None:
    delivery = send_test(hook, by="user:7")
    Delivery.objects.update(status=Delivery.Status.GIVEN_UP)
    visit("county_administrator", reverse("notify:again", args=[delivery.pk]), data={})
    assert Delivery.objects.get().status == Delivery.Status.WAITING
    visit("county_administrator", reverse("notify:test", args=[hook.pk]), data={})
    assert Delivery.objects.count() == 2
