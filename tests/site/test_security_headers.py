"""Every page forbids inline scripts and foreign sources; cookies are secure under HTTPS."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from itops.organisation.models import User

SHOW = (
    "import django; from django.conf import settings; django.setup();"
    "print(settings.SESSION_COOKIE_SECURE, settings.CSRF_COOKIE_SECURE, settings.LANGUAGE_COOKIE_SECURE,"
    "settings.SECURE_HSTS_SECONDS > 0)"
)


@pytest.mark.django_db
def test_a_page_names_its_sources_and_allows_nothing_inline(client: Client) -> None:
    User.objects.create_user("zhang")
    answer = client.get(reverse("organisation:sign_in"))
    directives = dict(part.strip().split(" ", 1) for part in answer["Content-Security-Policy"].split(";"))
    assert directives["default-src"] == "'none'"
    assert directives["script-src"] == directives["style-src"] == "'self'"
    assert "unsafe" not in answer["Content-Security-Policy"]
    assert (answer["X-Frame-Options"], answer["X-Content-Type-Options"]) == ("DENY", "nosniff")


@pytest.mark.django_db
def test_pages_have_no_inline_script_or_style(client: Client) -> None:
    User.objects.create_user("zhang")
    page = client.get(reverse("organisation:sign_in")).content.decode()
    assert "style=" not in page
    assert "onclick" not in page
    assert page.count("<script") == page.count("<script src=") + page.count('<script type="application/json"')


@pytest.mark.parametrize(("https", "shown"), [("1", "True True True True"), ("0", "False False False False")])
def test_cookies_are_secure_exactly_under_https(https: str, shown: str, tmp_path: Path) -> None:
    environ = os.environ | {"ITOPS_HTTPS": https, "ITOPS_VAR": str(tmp_path)}
    environ["DJANGO_SETTINGS_MODULE"] = "itops.settings"
    ran = subprocess.run(
        [sys.executable, "-c", SHOW],
        env=environ,
        cwd=settings.BASE_DIR,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert ran.stdout.strip() == shown


def test_cookies_are_kept_from_scripts() -> None:
    assert settings.SESSION_COOKIE_HTTPONLY
    assert settings.SESSION_COOKIE_SAMESITE == "Lax"
