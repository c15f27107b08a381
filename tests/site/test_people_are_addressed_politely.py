"""Chinese texts address people as 您, ours and those of Django that forms and accounts show."""

from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.password_validation import password_validators_help_texts
from django.utils.translation import override

from itops.site.translations import LOCALE_DIR

CHINESE = LOCALE_DIR / "zh_Hans" / "LC_MESSAGES" / "django.po"


def test_our_own_texts_do() -> None:
    assert [line for line in CHINESE.read_text(encoding="utf-8").splitlines() if "你" in line] == []


def test_so_do_the_rules_for_passwords() -> None:
    with override("zh-hans"):
        said = [*password_validators_help_texts(), *PasswordChangeForm.error_messages.values()]
        assert [one for one in map(str, said) if "你" in one or one.isascii()] == []
