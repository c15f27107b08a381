"""From the environment to two logins; a wrong value stops the program with its name."""

import string
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from itops.database.connection import Login, databases, logins
from itops.environment import WrongSetting

VAR = Path("/srv/itops/var")
words = st.text(st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=["Cs"]), min_size=1)
hosts = st.text(string.ascii_lowercase + string.digits + "-./_", min_size=1)


def test_without_a_url_both_logins_are_at_the_cluster_in_var() -> None:
    found = logins({}, VAR)
    assert {alias: login.user for alias, login in found.items()} == {
        "default": "itops_app",
        "owner": "itops_owner",
    }
    assert {login.host for login in found.values()} == {"/srv/itops/var/postgres/socket"}
    assert dict(found["owner"].more) == {"passfile": "/srv/itops/var/postgres/passwords"}


def test_only_the_default_is_pooled() -> None:
    found = databases({}, VAR)
    assert {alias: "pool" in database["OPTIONS"] for alias, database in found.items()} == {  # type: ignore[operator]
        "default": True,
        "owner": False,
    }


def test_with_one_url_the_owners_login_becomes_the_app() -> None:
    found = logins({"DATABASE_URL": "postgres://county:s%40fe@db.example:5433/it%2Fops?sslmode=require"}, VAR)
    more = (("sslmode", "require"),)
    assert found["owner"] == Login("db.example", "5433", "it/ops", "county", "s@fe", more)
    assert found["default"] == Login(
        "db.example", "5433", "it/ops", "county", "s@fe", (*more, ("options", "-c role=itops_app"))
    )


def test_with_two_urls_each_has_its_own_login() -> None:
    urls = {
        "DATABASE_URL": "postgresql://o@/itops?host=/run/pg",
        "DATABASE_APP_URL": "postgresql://a:b@[::1]/itops",
    }
    found = logins(urls, VAR)
    assert found["owner"] == Login("/run/pg", "5432", "itops", "o")
    assert found["default"] == Login("::1", "5432", "itops", "a", "b")


@pytest.mark.parametrize(
    "url",
    [
        "mysql://user@host/name",
        "user@host/name",
        "postgresql://host/name",
        "postgresql://user@host",
        "postgresql://user@host:port/name",
        "postgresql://user@host/name?sslmode",
        "postgresql://user@host/name#part",
        "postgresql://user@host/name?nonsense=1",
        "postgresql://[::1/name",
    ],
)
@pytest.mark.parametrize("variable", ["DATABASE_URL", "DATABASE_APP_URL"])
def test_a_wrong_url_is_named_and_not_shown(variable: str, url: str) -> None:
    right = {"DATABASE_URL": "postgresql://user@host/name"}
    with pytest.raises(WrongSetting, match=f"^{variable}: ") as caught:
        databases(right | {variable: url}, VAR)
    assert url not in str(caught.value)


@given(host=hosts, port=st.integers(1, 65535), name=words, user=words, password=st.just("") | words)
def test_a_login_comes_back_from_its_url(host: str, port: int, name: str, user: str, password: str) -> None:
    login = Login(host, str(port), name, user, password, (("passfile", "/var/a b/密码"),))
    assert logins({"DATABASE_URL": login.url()}, VAR)["owner"] == login


def test_the_password_is_in_no_representation() -> None:
    assert "s@fe" not in repr(logins({"DATABASE_URL": "postgres://county:s%40fe@db/itops"}, VAR))


def test_the_supervisor_and_the_settings_of_the_database_need_no_django() -> None:
    code = "import sys, itops.database.supervisor; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=settings.BASE_DIR, check=False).returncode == 0
