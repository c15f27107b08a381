"""The invented county's people at work: posts, mostly held part-time; skills with their evidence; who answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from inventory.marks.kind import Kind
from inventory.models import Asset
from itops.organisation.models import Establishment, Office, Person
from itops.site.demonstration.load_equipment import Equipment
from itops.site.demonstration.load_organisation import Organisation
from workforce.models import (
    Assignment,
    Duty,
    Evidence,
    HeldSkill,
    Post,
    PostSkill,
    Responsibility,
    Skill,
    Tenure,
)

SEED = "anhua-people"
LEADER, DIRECTOR, OFFICER, CLERK = range(4)  # as the township's people stand in lists.TOWNSHIP_POSTS
WITHOUT_OFFICER = frozenset({"古楼乡", "南金乡"})  # nobody holds the post
COMPUTING, WELFARE = "计算机类、电子信息类、信息管理与信息系统", "社会学类、公共管理类"
MONTH = 30


@dataclass(frozen=True, slots=True, kw_only=True)
class PlannedPost:
    """`holder` counts in the office's people; `shares` None: full-time, else the shares that are usual."""

    name: str
    holder: int
    asks: dict[str, int]
    fields: str = ""
    shares: tuple[int, ...] | None = None
    duties: str = ""


TOWNSHIP_POSTS = (
    PlannedPost(
        name="信息员",
        holder=OFFICER,
        shares=(15, 20, 20, 25, 30, 40),
        fields=COMPUTING,
        asks={
            **{"视频会议室操作": 3, "公示栏发布": 3, "网络排障": 2, "打印与终端维护": 3},
            **{"设备盘点": 2, "等保与密码": 2, "应急处置": 2},
        },
        duties="视频会议保障、公示栏发布、终端维护、设备盘点",
    ),
    PlannedPost(
        name="民政系统填报员",
        holder=CLERK,
        shares=(30, 40, 50),
        fields=WELFARE,
        asks={"业务系统填报": 3, "数据报送口径": 2},
        duties="救助、社会事务数据的采集、录入和校核",
    ),
    PlannedPost(
        name="民政办主任",
        holder=DIRECTOR,
        fields=WELFARE,
        asks={"数据报送口径": 3, "村级指导": 3, "设备盘点": 2},
    ),
)
BUREAU_POSTS = (
    PlannedPost(
        name="信息中心主任",
        holder=2,
        asks={"项目与合同管理": 3, "应急处置": 3, "部门联络": 3, "等保与密码": 3},
    ),
    PlannedPost(
        name="系统与网络管理员",
        holder=3,
        fields=COMPUTING,
        asks={"网络排障": 3, "等保与密码": 3, "机房与电源": 3, "业务系统填报": 3},
    ),
    PlannedPost(
        name="数据安全员",
        holder=5,
        shares=(20,),
        fields=COMPUTING,
        asks={"等保与密码": 3, "应急处置": 3},
    ),
    PlannedPost(name="视频会议保障", holder=-1, fields=COMPUTING, asks={"视频会议室操作": 4}),
)
# By place in the township: skill -> levels that are usual there (0: has not learnt it)
USUAL: dict[int, dict[str, tuple[int, ...]]] = {
    LEADER: {"部门联络": (3, 4), "应急处置": (2, 3)},
    DIRECTOR: {
        "数据报送口径": (2, 3, 3, 3, 4),
        "村级指导": (3, 3, 4),
        "设备盘点": (2, 2, 3),
        "业务系统填报": (2, 3),
        "公示栏发布": (0, 0, 3, 3),
    },
    OFFICER: {
        "视频会议室操作": (1, 2, 3, 3, 3, 3),
        "公示栏发布": (1, 2, 3, 3, 3),
        "打印与终端维护": (2, 3, 3, 3),
        "网络排障": (1, 2, 2, 3, 3, 3, 3),
        "设备盘点": (1, 2, 2, 3),
        "机房与电源": (0, 2, 3, 3, 3, 3),
        "等保与密码": (1, 2, 2, 3),
        "业务系统填报": (0, 2, 2),
        "应急处置": (1, 2, 2, 3),
    },
    CLERK: {
        "业务系统填报": (2, 3, 3, 3),
        "数据报送口径": (1, 2, 3),
        "打印与终端维护": (0, 1, 2, 3, 3),
        "视频会议室操作": (0, 1, 2, 3),
    },
}
OF_BUREAU: dict[int, dict[str, tuple[int, ...]]] = {
    2: {"项目与合同管理": (3,), "应急处置": (3,), "部门联络": (4,), "等保与密码": (3,), "网络排障": (3,)},
    3: {
        **{"网络排障": (4,), "等保与密码": (3,), "机房与电源": (3,), "业务系统填报": (4,)},
        **{"视频会议室操作": (4,), "公示栏发布": (4,), "打印与终端维护": (4,), "设备盘点": (3,)},
    },
    5: {"等保与密码": (2,), "应急处置": (2,)},
}
STUDIED = {
    LEADER: ("行政管理", "法学", "农学"),
    DIRECTOR: ("社会工作", "行政管理", "汉语言文学", "农村区域发展"),
    OFFICER: ("汉语言文学", "畜牧兽医", "会计", "学前教育", "行政管理", "计算机应用", "计算机网络技术", ""),
    CLERK: ("社会工作", "会计", "劳动与社会保障", "园艺", ""),
}
ESTABLISHMENTS = {
    LEADER: (Establishment.CIVIL_SERVICE,),
    DIRECTOR: (Establishment.CIVIL_SERVICE, Establishment.INSTITUTION),
    OFFICER: (Establishment.INSTITUTION, Establishment.INSTITUTION, Establishment.CONTRACT),
    CLERK: (Establishment.CONTRACT, Establishment.PUBLIC_WELFARE, Establishment.AGENCY),
}
RANKS = {
    LEADER: ("四级主任科员", "三级主任科员"),
    DIRECTOR: ("一级科员", "四级主任科员"),
    OFFICER: ("九级职员", "专业技术十二级"),
}
SHOWN_BY = (
    *(Evidence.AT_WORK,) * 6,
    *(Evidence.TRAINING,) * 5,
    *(Evidence.ASSESSMENT,) * 4,
    Evidence.CERTIFICATE,
    Evidence.DECLARED,
)
OF_BUREAU_STUDIED = ("公共事业管理", "行政管理", "信息管理与信息系统", "软件工程", "会计学", "法学")


@dataclass(slots=True, kw_only=True)
class _Loader:
    """Everything that is about to be written, in the order in which it refers to one another."""

    today: date
    skills: dict[str, Skill]
    people: list[Person] = field(default_factory=list)
    posts: list[Post] = field(default_factory=list)
    asked: list[PostSkill] = field(default_factory=list)
    assignments: list[Assignment] = field(default_factory=list)
    held: list[HeldSkill] = field(default_factory=list)
    answering: list[Responsibility] = field(default_factory=list)

    def office(
        self, rng: Random, office: Office, people: Sequence[Person], planned: Iterable[PlannedPost]
    ) -> None:
        for one in planned:
            post = Post(office=office, name=one.name, fields_of_study=one.fields, duties=one.duties)
            self.posts.append(post)
            asked = [(self.skills[name], level) for name, level in one.asks.items()]
            self.asked += [PostSkill(post=post, skill=skill, level=level) for skill, level in asked]
            if one.holder >= 0 and not (one.name == "信息员" and office.place.name in WITHOUT_OFFICER):
                self.assignments.append(self._assignment(rng, post, people[one.holder], one))

    def _assignment(self, rng: Random, post: Post, person: Person, planned: PlannedPost) -> Assignment:
        return Assignment(
            post=post,
            person=person,
            tenure=Tenure.PART_TIME if planned.shares else Tenure.FULL_TIME,
            share=rng.choice(planned.shares) if planned.shares else 100,
            starts=self.today - timedelta(days=rng.randrange(200, 2200)),
        )

    def learnt(self, rng: Random, person: Person, usual: dict[str, tuple[int, ...]]) -> None:
        for name, levels in usual.items():
            if level := rng.choice(levels):
                self.held.append(self._level(rng, person, self.skills[name], level))

    def _level(self, rng: Random, person: Person, skill: Skill, level: int) -> HeldSkill:
        back = rng.randrange(20, 700) if rng.random() < 0.3 else rng.randrange(20, 300)
        since = self.today - timedelta(days=back)
        valid = timedelta(days=skill.valid_months * MONTH) if skill.valid_months else None
        evidence = rng.choice(SHOWN_BY)
        return HeldSkill(
            person=person,
            skill=skill,
            level=level,
            since=since,
            expires=since + valid if valid else None,
            evidence=evidence,
            reference="" if evidence is Evidence.DECLARED else f"演示〔{since.year}〕{back:03} 号",
        )

    def employed(self, rng: Random, person: Person, place: int) -> None:
        person.establishment = rng.choice(ESTABLISHMENTS[place])
        person.rank = rng.choice(RANKS.get(place, ("",)))
        person.field_of_study = rng.choice(STUDIED[place])
        person.technical_title = "助理工程师" if person.field_of_study.startswith("计算机") else ""
        person.joined_on = self.today - timedelta(days=rng.randrange(800, 9000))
        self.people.append(person)

    def answers(self, office: Office, person: Person, duty: Duty, asset: Asset | None = None) -> None:
        starts = self.today - timedelta(days=400)
        self.answering.append(
            Responsibility(office=office, asset=asset, duty=duty, person=person, starts=starts)
        )

    def write(self) -> None:
        told = ["establishment", "rank", "field_of_study", "technical_title", "joined_on"]
        Person.objects.bulk_update(self.people, told)
        Post.objects.bulk_create(self.posts)
        PostSkill.objects.bulk_create(self.asked)
        Assignment.objects.bulk_create(self.assignments)
        HeldSkill.objects.bulk_create(self.held)
        Responsibility.objects.bulk_create(self.answering)


def load_people(organisation: Organisation, equipment: Equipment, *, today: date) -> None:
    """Posts, assignments, skills and responsibilities of the bureau and of every township."""
    loader = _Loader(today=today, skills={skill.name: skill for skill in Skill.objects.all()})
    for name, office in organisation.offices.items():
        _township(loader, Random(f"{SEED}:{name}"), office, organisation.people[name])
    _bureau(loader, organisation, list(_systems(equipment)))
    loader.write()


def _township(loader: _Loader, rng: Random, office: Office, people: Sequence[Person]) -> None:
    for place, person in enumerate(people):
        loader.employed(rng, person, place)
        loader.learnt(rng, person, USUAL[place])
    loader.office(rng, office, people, TOWNSHIP_POSTS)
    loader.answers(office, people[DIRECTOR], Duty.RESPONSIBLE)
    if rng.random() < 0.3:
        loader.answers(office, people[OFFICER], Duty.DEPUTY)
    if rng.random() < 0.8:
        loader.answers(office, people[LEADER], Duty.LEADER)


def _bureau(loader: _Loader, organisation: Organisation, systems: Sequence[Asset]) -> None:
    rng, people = Random(SEED), organisation.bureau_people
    for person, studied in zip(people, OF_BUREAU_STUDIED, strict=True):
        loader.employed(rng, person, DIRECTOR)
        person.field_of_study = studied
    for place, usual in OF_BUREAU.items():
        loader.learnt(rng, people[place], usual)
    loader.office(rng, organisation.bureau, people, BUREAU_POSTS)
    loader.answers(organisation.bureau, people[2], Duty.RESPONSIBLE)
    loader.answers(organisation.bureau, people[1], Duty.LEADER)
    for system in systems[:1]:
        loader.answers(organisation.bureau, people[3], Duty.DEPUTY, system)


def _systems(equipment: Equipment) -> Iterator[Asset]:
    return (asset for asset in equipment.values() if asset.kind == Kind.BUSINESS_SYSTEM.value)
