"""Take a project through its next gate, or say what is lacking."""

from collections.abc import Mapping

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_stubs_ext import StrOrPromise

from itops.database.actor import acting
from itops.files.models import Attachment
from itops.organisation.models import User
from planning.models import Project
from planning.models.project import GROUND_NAMES, PAPER_NAMES
from planning.money.wording import to_the_fen
from planning.projects.stages import Ground, Paper, Stage, after, lacking

PAPERS = "planning.projectpaper"  # as files name what they hang on
ALL_NAMES: Mapping[Paper | Ground, StrOrPromise] = dict([*PAPER_NAMES.items(), *GROUND_NAMES.items()])


def advance(project: Project, *, by: User) -> Stage:
    """The stage that it is in afterwards; refused while papers or the county's match are lacking."""
    try:
        with acting(by.actor), transaction.atomic():
            return _advanced(Project.objects.select_for_update(no_key=True).get(pk=project.pk))
    except IntegrityError:
        raise ValidationError(_match_said(project), code="match") from None


def _match_said(project: Project) -> list[str]:
    """How much is not committed, source by source."""
    said = _("The match is not committed yet: commit another %(fen)s yuan of %(source)s.")
    lacking = project.match_lacking()
    return [said % {"fen": to_the_fen(fen), "source": source} for source, fen in lacking.items()]


def papers_of(project: Project) -> set[Paper]:
    """Papers of which there is a file: what nobody can read opens no gate."""
    papers = dict(project.papers.values_list("pk", "paper"))
    hung = Attachment.objects.filter(model=PAPERS, object_id__in=papers, archived=False)
    return {Paper(papers[key]) for key in hung.values_list("object_id", flat=True)}


def grounds_of(project: Project) -> set[Ground]:
    """What there is beside papers."""
    promises = project.promises.count()
    measured = project.promises.filter(results__isnull=False).distinct().count()
    there = {
        Ground.PROMISE: promises > 0,
        Ground.RECEIPT: project.receipts.exists(),
        Ground.MEASURED: 0 < promises == measured,
    }
    return {ground for ground, is_there in there.items() if is_there}


def _advanced(project: Project) -> Stage:
    following = after(Stage(project.stage))
    if following is None:
        raise ValidationError(_("There is no stage after this one."), code="last")
    missing = lacking(following, {*papers_of(project), *grounds_of(project)})
    if missing:
        names = _(", ").join(str(ALL_NAMES[one]) for one in missing)
        raise ValidationError(_("Still lacking: %(papers)s.") % {"papers": names}, code="papers")
    project.stage, project.since = following.value, timezone.localdate()
    project.save(update_fields=["stage", "since"])
    return following
