"""What cannot be judged today and what is lacking to know it, counted by lack and by kind."""

from collections.abc import Sequence
from dataclasses import dataclass

from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Mark
from itops.database.statements import rows
from itops.organisation.models import Place, User
from itops.organisation.scope import visible

# A lack counts where the mark it stands in the way of has no answer.
LACKING = """
    SELECT lack ->> 'code', lack ->> 'mark', a.kind, a.id
    FROM inventory_asset a
    JOIN inventory_standing s ON s.asset_id = a.id
    CROSS JOIN LATERAL jsonb_array_elements(s.lacks) lack
    WHERE NOT a.archived AND a.condition <> 'retired' AND a.place_id = ANY(%(places)s)
      AND 'unknown' IN (s.missing, s.outdated, s.unused)
      AND CASE lack ->> 'mark' WHEN 'missing' THEN s.missing WHEN 'outdated' THEN s.outdated
          ELSE s.unused END = 'unknown'
"""
COUNTED = f"""
    WITH lacking (code, mark, kind, id) AS ({LACKING})
    SELECT code, mark, kind, count(DISTINCT id), grouping(mark), grouping(kind) FROM lacking
    GROUP BY GROUPING SETS ((code), (code, mark), (code, kind), ())
"""
CONCERNED = f"""
    WITH lacking (code, mark, kind, id) AS ({LACKING})
    SELECT DISTINCT l.id, p.position, p.code, a.tag
    FROM lacking l JOIN inventory_asset a ON a.id = l.id JOIN organisation_place p ON p.id = a.place_id
    WHERE l.code = %(code)s AND (%(kind)s = '' OR l.kind = %(kind)s) AND (%(mark)s = '' OR l.mark = %(mark)s)
    ORDER BY p.position, p.code, a.tag
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lacks:
    """Of so many assets one thing is lacking; by the marks it stands in the way of, and by kind."""

    code: Lacking
    number: int
    of_mark: dict[Mark, int]
    of_kind: dict[Kind, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """`number`: assets of which at least one mark cannot be told."""

    number: int
    lacks: Sequence[Lacks]


def unknown_to(user: User) -> Unknown:
    """The most frequent lack first."""
    found = rows(COUNTED, {"places": _places(user)})
    whole = {row[0]: row[3] for row in found if row[0] and row[4] and row[5]}
    lacks = [
        Lacks(
            code=Lacking(code),
            number=number,
            of_mark={Mark(row[1]): row[3] for row in found if row[0] == code and not row[4]},
            of_kind={Kind(row[2]): row[3] for row in found if row[0] == code and not row[5]},
        )
        for code, number in sorted(whole.items(), key=lambda item: (-item[1], item[0]))
    ]
    return Unknown(number=next(row[3] for row in found if row[0] is None), lacks=lacks)


def concerned(user: User, code: Lacking, *, kind: str = "", mark: str = "") -> list[int]:
    """The assets of which this is lacking, by place and number."""
    given = {"places": _places(user), "code": code.value, "kind": kind, "mark": mark}
    return [row[0] for row in rows(CONCERNED, given)]


def _places(user: User) -> list[int]:
    return list(
        visible(Place.objects.all(), user, "inventory.view_mark", place="").values_list("pk", flat=True)
    )
