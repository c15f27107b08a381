"""What an entry of the log may say."""

from enum import StrEnum


class Kind(StrEnum):
    """The names stand in the entries for ever: they may be added to, not changed."""

    TRAINING_ENTRY = "training_entry"
    SIGN_OFF = "sign_off"
    ASSESSMENT_RESULT = "assessment_result"
    CERTIFICATE = "certificate"
    REVERSAL = "reversal"
    EXPLANATION_ASKED = "explanation_asked"
    EXPLANATION_ANSWERED = "explanation_answered"
    LEGACY_IMPORT = "legacy_import"
    ERASURE = "erasure"


IRREVERSIBLE = frozenset({Kind.REVERSAL, Kind.ERASURE})
