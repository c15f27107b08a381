"""The log's tree as it is stored: heads to be signed, roots and proofs."""

from collections.abc import Iterable, Mapping

from itops.database.statements import rows
from workforce.ledger.algorithms import Algorithm
from workforce.ledger.checkpoints import TreeHead
from workforce.ledger.tree import StoredTree
from workforce.models import LogEntry

SUBTREES = "SELECT seq, subtrees FROM workforce_logentry WHERE seq = ANY(%(seqs)s)"
IDENTITY = "SELECT log, alg FROM workforce_loghead"


def log_identity() -> tuple[str, Algorithm] | None:
    """The log's name and algorithm, or None while it has not begun."""
    found = rows(IDENTITY, {})
    return (str(found[0][0]), Algorithm(found[0][1])) if found else None


def tree_head(size: int | None = None) -> TreeHead | None:
    """The state after `size` entries, or after the last; None where the log has no such entry."""
    identity = log_identity()
    of = LogEntry.objects.filter(seq=size) if size is not None else LogEntry.objects.order_by("-seq")
    last = of.values_list("seq", "hash").first()
    if identity is None or last is None:
        return None
    seq, head = last
    return TreeHead(log=identity[0], size=seq, root=log_tree().root(seq), head=head, algorithm=identity[1])


def log_tree() -> StoredTree:
    """Proofs of the log; what it has read once it does not read again."""
    known: dict[int, bytes] = {}

    def subtrees(seqs: Iterable[int]) -> Mapping[int, bytes]:
        wanted = [seq for seq in seqs if seq not in known]
        if wanted:
            known.update((seq, bytes(found)) for seq, found in rows(SUBTREES, {"seqs": wanted}))
        return known

    identity = log_identity()
    return StoredTree(subtrees, identity[1] if identity else Algorithm.SHA256)
