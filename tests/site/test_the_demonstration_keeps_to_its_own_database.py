"""Invented data are never loaded into a database that somebody has named."""

from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from itops.site.management.commands import demo


@pytest.mark.parametrize("once", [False, True])
@pytest.mark.parametrize(
    ("language", "said"), [("en", "may hold real data"), ("zh-hans", "可能存有真实数据")]
)
def test_a_named_database_is_refused(monkeypatch: Any, once: bool, language: str, said: str) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgresql://owner@127.0.0.1:1/county")
    monkeypatch.setattr(demo, "alone", lambda: pytest.fail("it began"))
    with translation.override(language), pytest.raises(CommandError, match=said):
        call_command("demo", once=once)
