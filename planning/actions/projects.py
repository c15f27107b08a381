"""Take a project through its next gate, or say what is lacking."""

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.organisation.models import User
from planning.models import Project
from planning.models.project import PAPER_NAMES
from planning.projects.stages import Paper, Stage, after, lacking


def advance(project: Project, *, by: User) -> Stage:
    """The stage that it is in afterwards; refused while papers or the county's match are lacking."""
    try:
        with acting(by.actor), transaction.atomic():
            return _advanced(Project.objects.select_for_update(no_key=True).get(pk=project.pk))
    except IntegrityError:
        raise ValidationError(_("The county’s match is not committed yet."), code="match") from None


def _advanced(project: Project) -> Stage:
    following = after(Stage(project.stage))
    if following is None:
        raise ValidationError(_("There is no stage after this one."), code="last")
    missing = lacking(following, {Paper(one.paper) for one in project.papers.all()})
    if missing:
        names = _(", ").join(str(PAPER_NAMES[paper]) for paper in missing)
        raise ValidationError(_("Still lacking: %(papers)s.") % {"papers": names}, code="papers")
    project.stage, project.since = following.value, timezone.localdate()
    project.save(update_fields=["stage", "since"])
    return following
