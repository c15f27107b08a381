"""People at work in the small county: an officer who does it part-time, and what the post asks."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from itops.organisation.models import Person, Place
from tests.support.county import County
from tests.support.pages import county, visit
from workforce.models import Assignment, HeldSkill, Post, PostSkill, Skill

__all__ = ["county", "visit"]

VIDEO, NETWORK, DESKTOP, BOARD = "视频会议室操作", "网络排障", "打印与终端维护", "公示栏发布"


@dataclass(slots=True)
class Team:
    """刘敏 of Xianxi can run its room, part-time; 王海涛 of Yanxi can run nothing."""

    county: County
    liu: Person
    wang: Person
    post: Post


def skill(name: str) -> Skill:
    return Skill.objects.get(name=name)


def shows(person: Person, name: str, level: int = 3, **more: Any) -> HeldSkill:
    given = {"since": timezone.localdate() - timedelta(days=30), "evidence": "assessment"} | more
    return HeldSkill.objects.create(person=person, skill=skill(name), level=level, **given)


def holds(post: Post, person: Person, share: int = 20, **more: Any) -> Assignment:
    given = {"starts": date(2024, 1, 1), "tenure": "full_time" if share == 100 else "part_time"} | more
    return Assignment.objects.create(post=post, person=person, share=share, **given)


def of(place: Place) -> Person:
    return Person.objects.filter(office__place=place).earliest("pk")


@pytest.fixture
def team(county: County) -> Team:
    liu, wang = of(county.xianxi), of(county.yanxi)
    post = Post.objects.create(
        office=liu.office, name="信息员", fields_of_study="计算机类、信息管理与信息系统"
    )
    for name in (VIDEO, NETWORK):
        PostSkill.objects.create(post=post, skill=skill(name), level=3)
    Person.objects.filter(pk=liu.pk).update(field_of_study="畜牧兽医")
    holds(post, liu)
    shows(liu, VIDEO)
    return Team(county=county, liu=liu, wang=wang, post=post)
