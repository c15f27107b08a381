"""The forms that are filled in: the program's own, or what an office handed in last and can be filled in."""

import hashlib
from decimal import Decimal
from io import BytesIO
from pathlib import Path

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from itops.database.actor import acting
from itops.files.sniff import NotReadable, unpacked_size
from itops.organisation.models import User
from planning.models import Indicator, ReportTemplate
from planning.statistics import city_form, word_report
from planning.statistics.report import Cell, Column, Difference, Line, MonthReport, UnusableForm
from planning.statistics.values import Unit

FOLDER = Path(__file__).resolve().parent.parent / "forms"
Sort = ReportTemplate.Sort
OWN = {Sort.CITY: FOLDER / "city_form.xlsx", Sort.REPORT: FOLDER / "monthly_report.docx"}
MOST_BYTES, MOST_UNPACKED = 5 * 2**20, 60 * 2**20
A_SHARE = Cell(part=9, whole=10, value=Decimal("90.0"), said="90.0%")


def form_in_use(sort: ReportTemplate.Sort) -> bytes:
    """What the office handed in last, else the program's own."""
    last = ReportTemplate.objects.filter(sort=sort).first()
    return bytes(last.data) if last else OWN[sort].read_bytes()


def fill(sort: ReportTemplate.Sort, form: bytes, report: MonthReport) -> bytes:
    """UnusableForm when it asks for what there is not."""
    if sort is Sort.REPORT:
        return word_report.filled(form, report)
    return city_form.filled(form, report, Indicator.objects.values_list("code", flat=True))


def hand_in(sort: ReportTemplate.Sort, *, name: str, data: bytes, by: User) -> ReportTemplate:
    """Keep a form, once it was filled in on trial; from then on it is the one in use."""
    _demand_sane(data)
    try:
        fill(sort, data, a_trial())
    except UnusableForm as wrong:
        said = _("The form cannot be filled in: %(why)s") % {"why": wrong.said}
        raise ValidationError(said, code="form") from wrong
    with acting(by.actor):
        return ReportTemplate.objects.create(
            sort=sort, name=name[:120], data=data, sha256=hashlib.sha256(data).hexdigest(), added_by=by
        )


def a_trial() -> MonthReport:
    """Invented figures that no one gets to see: two townships, every indicator."""
    codes = list(Indicator.objects.values_list("code", "name"))
    columns = [
        Column(
            code=code,
            name=name,
            unit=Unit.PERCENT,
            unit_name="%",
            definition="",
            version="",
            office="",
            state="",
        )
        for code, name in codes
    ]
    cells = [A_SHARE for _code in codes]
    gap = Difference(column=0, line=0, reported=Decimal(80), reported_said="80.0%", explanation="")
    return MonthReport(
        month="",
        year=2020,
        number=1,
        county="",
        as_of="",
        made_on="",
        columns=columns,
        whole=Line(name="", cells=cells),
        lines=[Line(name="1", cells=cells), Line(name="2", cells=cells)],
        differences=[gap] if codes else [],
    )


def _demand_sane(data: bytes) -> None:
    """No archive that unpacks into far more than a form."""
    try:
        unpacked = unpacked_size(BytesIO(data))
    except NotReadable as broken:
        raise ValidationError(_("This is no file of Excel or Word."), code="broken") from broken
    if len(data) > MOST_BYTES or unpacked > MOST_UNPACKED:
        raise ValidationError(_("The file is too large for a form."), code="large")
