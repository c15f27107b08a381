"""Conditions that the ORM cannot say and an index answers: keys out of a query, words inside texts.

Chinese words are two characters long, too short for trigrams: `with_its_pairs` uses an index over pairs of neighbouring
characters (docs/adr/0011). A model has it with `GinIndex(pairs("name", "location"), name=…)`.
"""

from dataclasses import dataclass
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.contrib.postgres.search import SearchVectorField
from django.db.models import (
    BooleanField,
    Expression,
    F,
    Func,
    Index,
    Model,
    Q,
    QuerySet,
    TextField,
    Value,
)
from django.db.models.functions import Collate, Concat, Lower, Reverse, StrIndex
from django.db.models.lookups import Exact, GreaterThan


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word as the conditions take it, of `written`: values, or what is yet to be given to a kept query."""

    text: Expression
    pairs: Expression
    begins: Expression
    ends: Expression


PAIRS_ASKED = 8  # of a long word; the rest is compared with the text itself


def among(field: str, keys: QuerySet[Any, Any]) -> Func:
    """The field is one of the keys, which are looked up first, as an array.

    Of a join PostgreSQL may believe that it leaves next to nothing, and then reads a large table whole to sort a page.
    """
    found = ArraySubquery(keys)
    return Func(
        F(field), found, template="%(expressions)s)", arg_joiner=" = ANY(", output_field=BooleanField()
    )


def written(word: str) -> dict[str, str]:
    """A word in small letters, its pairs as a tsquery, and for LIKE what begins with it, and backwards what ends so."""
    return {
        "text": word.lower(),
        "pairs": asked_pairs(word),
        "begins": f"{_literal(word)}%",
        "ends": f"{_literal(word[::-1])}%",
    }


def pairs(*fields: str) -> Func:
    """The pairs of neighbouring characters in the fields' texts: what the index holds."""
    return Func(_text(fields), function="itops_pairs", output_field=SearchVectorField())


def with_its_pairs(word: str | Word, *fields: str) -> Q:
    """The index holds the word's pairs of the fields: true wherever it occurs in one of them, and seldom elsewhere."""
    return Q(_joined(pairs(*fields), _told(word).pairs, " @@ ", "%(expressions)s::tsquery"))


def written_in(word: str | Word | Expression, *fields: str) -> Q:
    """The same by looking at every row, for what is in so many that a list's order finds a page of them sooner.

    Of a word that is yet to be given its small letters are: in a LIKE each row would make the pattern anew.
    StrIndex and not LIKE: of that PostgreSQL believes that it finds next to nothing, and sorts half the table.
    """
    found: GreaterThan[Any] = GreaterThan(StrIndex(Lower(_text(fields)), _small(word)), 0)
    return Q(found)


def at_an_end(word: str | Word, field: str) -> Q:
    """The field begins or ends with the word: for numbers, in which pairs of characters say little."""
    return begins(word, field) | ends(word, field)


def begins(word: str | Word, field: str) -> Q:
    """The field begins with the word, in whatever case."""
    return Q(_joined(_plain(field), _told(word).begins, " LIKE "))


def ends(word: str | Word, field: str) -> Q:
    """The field ends with the word, in whatever case."""
    return Q(_joined(_backwards(field), _told(word).ends, " LIKE "))


def same(word: str | Expression, field: str) -> Q:
    """The field is the word, in whatever case (one yet to be given: in small letters); `ends_of` has the indexes."""
    return Q(Exact(_plain(field), _small(word)))


def ends_of(field: str, name: str) -> tuple[Index, Index]:
    """The indexes for it."""
    return Index(_plain(field), name=f"{name}_begins"), Index(_backwards(field), name=f"{name}_ends")


def _small(word: str | Word | Expression) -> Expression:
    return word if isinstance(word, Expression) else _told(word).text


def _told(word: str | Word) -> Word:
    if isinstance(word, Word):
        return word
    return Word(**{name: Value(text) for name, text in written(word).items()})


def has_ends(model: type[Model], field: str) -> bool:
    """Whether the model keeps these indexes for the field."""
    wanted = _plain(field)
    return any(wanted in index.expressions for index in model._meta.indexes)


def _plain(field: str) -> Collate:
    """In the order of bytes, in which alone an index finds what a text begins with, in any database."""
    return Collate(Lower(field), "C")


def _backwards(field: str) -> Collate:
    return Collate(Reverse(Lower(field)), "C")


def asked_pairs(word: str) -> str:
    """The word's pairs as a tsquery; one character is the beginning of a pair.

    >>> asked_pairs("办公电脑")
    "'办公' & '公电' & '电脑'"
    """
    text = word.lower()
    if len(text) == 1:
        return f"{_quoted(text)}:*"
    asked = dict.fromkeys(text[at : at + 2] for at in range(len(text) - 1))
    return " & ".join(_quoted(pair) for pair in list(asked)[:PAIRS_ASKED])


def _text(fields: tuple[str, ...]) -> Concat | F:
    """Several fields as one text in which no word goes from one to the next."""
    first, *others = fields
    parts = [F(first), *(part for name in others for part in (Value("\n"), F(name)))]
    return Concat(*parts, output_field=TextField()) if others else F(first)


def _joined(one: Expression, other: Expression, operator: str, template: str = "%(expressions)s") -> Func:
    return Func(one, other, template=template, arg_joiner=operator, output_field=BooleanField())


def _literal(word: str) -> str:
    """For LIKE."""
    return word.lower().replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")


def _quoted(pair: str) -> str:
    """For a tsquery."""
    escaped = pair.replace("\\", r"\\").replace("'", "''")
    return f"'{escaped}'"
