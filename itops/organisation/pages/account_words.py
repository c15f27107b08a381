"""Refusals and powers in words."""

from django.utils.translation import gettext_lazy as _

from itops.organisation.actions.managing import Refusal
from itops.organisation.roles import Power

REFUSALS = {
    Refusal.HOLDS_MORE: _("This account may do more than yours, so you cannot look after it."),
    Refusal.OTHER_POWER: _(
        "Duties are separated: who opens accounts does not look after those who grant or audit. "
        "The operator of the server does that at its console."
    ),
    Refusal.NOT_HELD: _("You cannot give or take a role that allows more than you may do there yourself."),
    Refusal.ONESELF: _("Nobody does this to their own account. Somebody else must do it."),
    Refusal.COMBINES: _(
        "Duties are separated: accounts, grants and audit are held by three different people, "
        "and this account already holds one of them."
    ),
    Refusal.ROLE_COMBINES: _(
        "Duties are separated: with this the role, or somebody who holds it, would come to two of "
        "accounts, grants and audit."
    ),
    Refusal.OWN_ROLE: _("Nobody does this to a role of their own. Somebody else must do it."),
    Refusal.BEYOND: _(
        "You cannot put into a role what you may not do yourself wherever it is held, "
        "nor take it out of one whose holders change roles."
    ),
    Refusal.HELD: _("Somebody holds this role: take it from them first."),
}
POWERS = {
    Power.ACCOUNTS: _("Opens accounts (system administrator)"),
    Power.GRANTS: _("Gives roles (security administrator)"),
    Power.AUDIT: _("Audits (security auditor)"),
}
