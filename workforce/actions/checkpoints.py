"""Taking in a checkpoint that an auditor signed elsewhere, on a machine of their own."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from itops.database.actor import acting
from workforce.actions.log_tree import tree_head
from workforce.ledger.checkpoints import NotReadable, SignedCheckpoint, read_checkpoint
from workforce.models import Checkpoint


def take_checkpoint(*, text: str, by: str) -> Checkpoint:
    """Keep a copy of a signed checkpoint; ValidationError where it is not one of this log as it stands."""
    try:
        signed = read_checkpoint(text)
    except NotReadable as error:
        raise ValidationError(_("This is not a signed checkpoint.")) from error
    if not signed.holds:
        raise ValidationError(_("The signature does not belong to this checkpoint."))
    with acting(by), transaction.atomic():
        _demand_it_is_ours(signed)
        if Checkpoint.objects.filter(text=signed.text).exists():
            raise ValidationError(_("This checkpoint is here already."))
        return Checkpoint.objects.create(
            size=signed.tree.size,
            root=signed.tree.root,
            signed_at=signed.time,
            public_key=signed.public_key,
            text=signed.text,
            by=by,
        )


def _demand_it_is_ours(signed: SignedCheckpoint) -> None:
    ours = tree_head(signed.tree.size)
    if ours is None or ours.log != signed.tree.log:
        raise ValidationError(_("This checkpoint is of another log, or of entries that are not here."))
    if ours != signed.tree:
        raise ValidationError(
            _("The log no longer agrees with this checkpoint: keep it, and let the auditor verify an export.")
        )
