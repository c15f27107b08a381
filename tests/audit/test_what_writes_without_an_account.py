"""What the program writes by itself is said in the reader's language; a name that nobody knows stays as it is."""

import pytest
from django.utils.translation import override

from itops.audit.wording import BY_ITSELF, who


@pytest.mark.parametrize("actor", BY_ITSELF)
def test_its_own_work_has_a_name_in_both_languages(actor: str) -> None:
    said = {}
    for language in ("zh-hans", "en"):
        with override(language):
            said[language] = who(actor, {})
    assert len({actor, *said.values()}) == 3


def test_others_are_called_by_their_name() -> None:
    assert (who("stranger", {}), who("user:7", {"user:7": "李小明"})) == ("stranger", "李小明")
