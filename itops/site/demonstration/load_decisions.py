"""What people of the invented county decided and asked for: requests with answers, policies of mountain townships."""

from datetime import date, timedelta

from django.utils import timezone

from inventory.actions.policies import draft_policy, publish
from inventory.actions.requests import answer_request, send_request
from inventory.actions.trials import begin_trial, run_trial
from inventory.models import Asset, PolicyVersion, Request
from itops.organisation.models import Place

BY = "信息中心（演示）"
NEED, FAULT, SUGGESTION = Request.Sort.NEED, Request.Sort.FAULT, Request.Sort.SUGGESTION
REQUESTS = (  # township, what, kind, number, text
    ("仙溪镇", NEED, "computer", 2, "新增便民服务窗口两个，窗口没有电脑，办事群众排队。"),
    ("南金乡", FAULT, "printer", 1, "打印机卡纸严重，每天要修几次，低保审批表打不出来。"),
    ("马路镇", FAULT, "network_link", 1, "下雨天专网时断时续，视频会议听不清。"),
    ("田庄乡", NEED, "notice_board", 1, "村务公开栏只有一块，集镇这边群众看不到。"),
    ("古楼乡", SUGGESTION, "", 1, "冬季封山停电多，希望设备离线的判定时间放宽一些。"),
)
ANSWERS = {  # township: state, answer
    "南金乡": (Request.State.ACCEPTED, "已安排维修人员下周一到场，先用民政办旧打印机顶替。"),
    "田庄乡": (Request.State.DECLINED, "按配备标准已配齐；确需增加的，优先从闲置设备中调拨。"),
    "古楼乡": (Request.State.DONE, "已为山区乡镇公布单独的判定办法。"),
}
# township, days until it is in force, what it sets, why
MOUNTAINS: tuple[tuple[str, int, dict[str, object], str], ...] = (
    ("古楼乡", 0, {"every_kind": {"silent_office_days": 30}}, "山区冬季封山停电频繁，连续离线判定放宽到三十个工作日。"),
    ("渠江镇", 30, {"shown_only": []}, "明年集中更新：超过最低使用年限的设备一并列入。"),
)  # fmt: skip


def load_requests() -> None:
    """As the townships send them from the phone; some are answered."""
    for township, sort, kind, quantity, text in REQUESTS:
        place = Place.objects.townships().get(name=township)
        asset = _asset(place, kind) if sort is FAULT else None
        sent = send_request(
            place=place, sort=sort, text=text, by=f"{township}民政办公室", asset=asset, kind=kind, quantity=quantity
        )  # fmt: skip
        if township in ANSWERS:
            state, answer = ANSWERS[township]
            answer_request(sent, state=state, answer=answer, by=BY)


def decide_for_mountains(today: date | None = None) -> None:
    """Once: policies of two townships are tried out and published, one for today and one for later."""
    if PolicyVersion.objects.exists():
        return
    day = today or timezone.localdate()
    for township, ahead, settings, reason in MOUNTAINS:
        draft = draft_policy(
            place=Place.objects.townships().get(name=township),
            in_force_on=day + timedelta(days=ahead),
            settings=settings,
            reason=reason,
            by=BY,
        )
        run_trial(begin_trial(draft, by=BY))
        publish(draft, by=BY)


def _asset(place: Place, kind: str) -> Asset | None:
    return Asset.objects.filter(place=place, kind=kind, archived=False).order_by("tag").first()
