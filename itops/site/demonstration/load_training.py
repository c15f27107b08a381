"""Training in the invented county: sessions held, planned and forgotten, hours signed and unsigned, one doubted."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from decimal import Decimal
from io import BytesIO

import segno
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from inventory.marks.kind import Kind
from inventory.models import Asset
from itops.files.actions import keep_file
from itops.files.models import StoredFile
from itops.organisation.actions.accounts import create_account
from itops.organisation.models import Person, User
from itops.site.demonstration.load_equipment import Equipment
from itops.site.demonstration.load_organisation import Organisation
from itops.site.demonstration.words import SEAT, Behaviour, County
from workforce.actions.assessment import assess, score_sheet, sign_sheet
from workforce.actions.attendance import Line, approve, record, reverse, sign
from workforce.actions.certificates import certify
from workforce.actions.checkpoints import take_checkpoint
from workforce.actions.log_tree import tree_head
from workforce.actions.sessions import enrol, hold
from workforce.ledger.checkpoints import sign as sign_checkpoint
from workforce.models import (
    Attendance,
    Certificate,
    Course,
    Paper,
    Skill,
    TargetIndicator,
    TrainingPlan,
    TrainingSession,
)

COURSES = (  # name, English name, category, skill, kind, hours
    (
        "视频会议室操作",
        "Video-conference room operation",
        "professional",
        "视频会议室操作",
        "conference_room",
        "4",
    ),
    ("公示栏发布", "Notice board publishing", "professional", "公示栏发布", "notice_board", "3"),
    ("等保年度培训", "Annual security training", "professional", "等保与密码", "", "6"),
    ("公文与数据报送", "Documents and reporting", "public", "数据报送口径", "", "4"),
)
SCORES = (86, 74, 52, 91, 58, 66, 80, 73)
INDICATORS = (("设备完好率", 30), ("设备使用率", 40), ("人员培训达标率", 30))
TOGETHER = 8  # townships that send somebody
WITH_ACCOUNTS = 5  # of them sign by themselves


def load_training(
    county: County, organisation: Organisation, equipment: Equipment, *, today: date, by: str
) -> None:
    """Every "days ago" becomes a day; all goes through the real actions and stands in the sealed log."""
    courses = [_course(*told) for told in COURSES]
    plan = TrainingPlan.objects.create(
        place=organisation.places[SEAT], year=today.year, name=f"{today.year} 年信息化培训计划（演示）"
    )
    recorder, approver = User.objects.get(username="demo-it"), User.objects.get(username="demo-admin")
    trainees = [people[-1] for people in organisation.people.values()][:TOGETHER]
    accounts = [_account(person, by) for person in trainees[:WITH_ACCOUNTS]]
    room = _room(organisation, equipment)
    for course, days_ago, starts in ((courses[0], 45, 9), (courses[2], 20, 9), (courses[3], 20, 15)):
        day = today - timedelta(days=days_ago)
        session = _session(course, plan, day, room=room if course.kind else None, starts=starts)
        sheet = _scan(session, recorder) if course is not courses[2] else None
        _signed(_held(session, trainees, recorder, sheet), accounts, approver)
    _sealed(by)
    _unsigned(_session(courses[1], plan, today - timedelta(days=2)), trainees, recorder, approver)
    _doubted(county, organisation, equipment, courses[3], today - timedelta(days=8), recorder)
    _session(courses[1], plan, today - timedelta(days=5))
    enrol(_session(courses[2], plan, today + timedelta(days=9)), trainees, by=recorder)
    _assessed(trainees, today, recorder)
    _certified(trainees[0], today, recorder)
    _targets(organisation, today, recorder, approver)


def _certified(person: Person, today: date, by: User) -> None:
    """A certificate that runs out within two months."""
    shown = Certificate(
        person=person,
        name="网络管理员（演示）",
        number="YS-2023-0117",
        issuer="市人力资源考试院（演示）",
        issued_on=today - timedelta(days=1030),
        expires=today + timedelta(days=60),
    )
    certify(shown, by=by)


def _course(name: str, name_en: str, category: str, skill: str, kind: str, hours: str) -> Course:
    return Course.objects.create(
        name=name,
        name_en=name_en,
        category=category,
        skill=Skill.objects.filter(name=skill).first(),
        kind=kind,
        hours=Decimal(hours),
    )


def _account(person: Person, by: str) -> User:
    found = User.objects.filter(person=person).first()
    return found or create_account(by=by, username=f"demo-person-{person.pk}", person=person)


def _room(organisation: Organisation, equipment: Equipment) -> Asset | None:
    seat = organisation.places[SEAT].pk
    rooms = (one for one in equipment.values() if one.kind == Kind.CONFERENCE_ROOM.value)
    return next((one for one in rooms if one.place_id == seat), None)


def _session(
    course: Course, plan: TrainingPlan, day: date, *, room: Asset | None = None, starts: int = 9
) -> TrainingSession:
    return TrainingSession.objects.create(
        course=course,
        plan=plan,
        place=plan.place,
        location=room.name if room else "三楼培训室",
        room=room,
        day=day,
        starts=time(starts),
        ends=time(starts + 6 if course.hours > 4 else starts + 3),
        hours=course.hours,
        provider="县民政局（演示）",
        teacher="蒋文",
    )


def _held(
    session: TrainingSession, people: Sequence[Person], recorder: User, scan: StoredFile | None = None
) -> list[Attendance]:
    enrol(session, people, by=recorder)
    hold(session, by=recorder, cost_fen=120_000)
    lines = [Line(person=person, hours=session.hours) for person in people]
    return record(session, lines=lines, by=recorder, scan=scan)


def _scan(session: TrainingSession, by: User) -> StoredFile:
    """A picture in place of the scanned sheet."""
    picture = BytesIO()
    segno.make(f"签到表（演示）{session}").save(picture, kind="png", scale=4)
    return keep_file(by=by, upload=SimpleUploadedFile("签到表.png", picture.getvalue()))


def _sealed(by: str) -> None:
    """What an auditor does on a machine of their own, with a key that never comes here; this one is thrown away."""
    head = tree_head()
    if head is not None:
        signed = sign_checkpoint(head, Ed25519PrivateKey.generate(), timezone.now())
        take_checkpoint(text=signed.text, by=by)


def _signed(rows: Sequence[Attendance], accounts: Sequence[User], approver: User) -> None:
    """Whoever has an account signs; the approver signs for all."""
    by_person = {account.person_id: account for account in accounts}
    for row in rows:
        account = by_person.get(row.person_id)
        if account:
            sign(row, by=account)
        approve(row, by=approver)


def _unsigned(session: TrainingSession, people: Sequence[Person], recorder: User, approver: User) -> None:
    """Nobody has signed yet, and the first was written down wrongly."""
    rows = _held(session, people[:4], recorder)
    reverse(rows[0], reason="原录 3 学时，实为 1 学时（演示）", by=approver)
    record(session, lines=[Line(person=rows[0].person, hours=Decimal(1))], by=recorder)


def _doubted(
    county: County,
    organisation: Organisation,
    equipment: Equipment,
    course: Course,
    day: date,
    recorder: User,
) -> None:
    """Held on computers that, as the probes know, were silent."""
    silent = [
        asset
        for asset in county.assets()
        if asset.kind is Kind.COMPUTER and asset.behaviour is Behaviour.SILENT_FOUND
    ]
    if not silent:
        return
    place = silent[0].place
    session = TrainingSession.objects.create(
        course=course,
        place=organisation.places[place],
        location="二楼",
        day=day,
        starts=time(9),
        ends=time(12),
        hours=course.hours,
        provider=f"{place}民政办公室（演示）",
    )
    people = organisation.people[place]
    enrol(session, people, by=recorder)
    hold(session, by=recorder, computers=[equipment[one.tag] for one in silent if one.place == place])
    record(session, lines=[Line(person=one, hours=session.hours) for one in people], by=recorder)


def _assessed(people: Sequence[Person], today: date, assessor: User) -> None:
    """A practical task; who failed tries again."""
    paper = Paper.objects.create(
        name="视频会议室实操", skill=Skill.objects.filter(name="视频会议室操作").first()
    )
    for person, score in zip(people, SCORES, strict=False):
        tried = assess(paper, person, day=today - timedelta(days=44), score=Decimal(score), by=assessor)
        if not tried.passed:
            assess(paper, person, day=today - timedelta(days=16), score=Decimal(score + 15), by=assessor)


def _targets(organisation: Organisation, today: date, scorer: User, signer: User) -> None:
    """The sheets of three townships, one of them not signed yet."""
    indicators = [
        TargetIndicator.objects.create(year=today.year, name=name, weight=weight, position=position)
        for position, (name, weight) in enumerate(INDICATORS)
    ]
    for number, place in enumerate(list(organisation.places.values())[:3]):
        scores = {one: (Decimal(92 - 7 * number - one.position), "") for one in indicators}
        sheet = score_sheet(place, today.year, scores=scores, by=scorer)
        if number:
            sign_sheet(sheet, by=signer)
