"""Words of the training pages for what the rules answer in codes."""

from django.utils.translation import gettext_lazy as _

from workforce.schemes.witness import Testimony

TESTIMONY_WORDS = {
    Testimony.AGREES: _("The equipment agrees."),
    Testimony.ON_ALONE: _("The equipment was on, but nobody used it."),
    Testimony.CONTRADICTS: _("The equipment was watched and never on: an explanation is asked for."),
    Testimony.BLIND: _("The equipment could not be observed that day: it says nothing."),
    Testimony.NONE: _("No recorded equipment was there: nothing but the sheet witnesses this session."),
}
TESTIMONY_IN_SHORT = {
    Testimony.AGREES: _("the equipment agrees"),
    Testimony.ON_ALONE: _("on, but not used"),
    Testimony.CONTRADICTS: _("watched, never on"),
    Testimony.BLIND: _("could not be observed"),
    Testimony.NONE: _("no equipment there"),
}
