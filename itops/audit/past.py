"""Tables as they stood at a past moment: today's rows, with every later change taken back.

A row that was added later was not there; one that was changed has the value before its first later change; one that
was deleted is there again. What the opening wrote (the transaction that put the first object of a model on the books)
has no earlier state: it counts as known from its own dates (docs/adr/0007).
"""

from collections.abc import Iterable

_OPENING = """opening AS MATERIALIZED (
    SELECT at, transaction FROM audit_change WHERE model = '{opening}' AND action = 'add' ORDER BY id LIMIT 1
)"""
_TABLE = """{table}_later AS MATERIALIZED (
    SELECT c.object_id, (array_agg(c.action ORDER BY c.id))[1] AS first,
        itops_merged(c.before ORDER BY c.id DESC) AS before
    FROM audit_change c
    WHERE c.at >= %(end)s AND c.model = '{label}'
      AND NOT EXISTS (SELECT FROM opening o WHERE o.at = c.at AND o.transaction = c.transaction)
    GROUP BY c.object_id
), {table} AS NOT MATERIALIZED (
    SELECT t.* FROM {table} t WHERE NOT EXISTS (SELECT FROM {table}_later l WHERE l.object_id = t.id)
    UNION ALL
    SELECT stood.* FROM {table}_later l LEFT JOIN {table} t ON t.id = l.object_id
    CROSS JOIN LATERAL jsonb_populate_record(t, l.before) stood
    WHERE l.first <> 'add'
)"""


def standing_at(labels: Iterable[str], *, opening: str) -> str:
    """
    What to write after WITH so that the tables of these models are as they stood at %(end)s.

    Each table is covered by a query of the same name: a statement reads the past without knowing it.
    """
    tables = (_TABLE.format(label=label, table=label.replace(".", "_")) for label in labels)
    return ", ".join([_OPENING.format(opening=opening), *tables])
