"""The notice boards' players, asked over HTTP as the engine asks."""

from inventory.marks.kind import Kind
from itops.site.demonstration.players import NEWS_EVERY_S, Players, edition_of, page_of
from itops.site.demonstration.words import SAYS_IT_IS_INVENTED, Behaviour
from monitoring.probes.answer import Reason
from monitoring.probes.engine import sweep
from monitoring.probes.profiles_file import profile_named
from monitoring.probes.target import Limits, Target

QUICK = Limits(timeout_s=1.0, retries=0)


async def test_boards_and_systems_serve_what_they_show(showing, endpoints):
    asked = [one for one in endpoints if one.speaks in {"player", "web"} and one.answers]
    for endpoint, answer in await _asked(showing, asked):
        assert (endpoint.address, answer.answered, answer.reason) == (endpoint.address, True, Reason.NONE)
        assert bool(answer.content) is (endpoint.kind is Kind.NOTICE_BOARD)


async def test_what_is_silent_accepts_nothing_and_refuses_nothing(showing, endpoints):
    silent = [one for one in endpoints if one.speaks == "player" and not one.answers]
    assert silent
    for _, answer in await _asked(showing, silent):
        assert (answer.answered, answer.reason) == (False, Reason.SILENT)


async def test_mute_players_are_silent(endpoints):
    mute = await Players(endpoints, mute=True).open()
    try:
        board = next(one for one in endpoints if one.speaks == "player" and one.answers)
        ((_, answer),) = await _asked(mute, [board])
        assert (mute.answering, answer.answered) == (0, False)
    finally:
        await mute.close()


def test_most_boards_show_something_new_each_hour(endpoints):
    board = _board(endpoints, Behaviour.HEALTHY)
    first, later = (page_of(board, edition_of(board, hours * NEWS_EVERY_S)) for hours in (500_000, 500_001))
    assert first != later
    assert SAYS_IT_IS_INVENTED in first
    assert edition_of(board, 500_000 * NEWS_EVERY_S + 1) == edition_of(board, 500_000 * NEWS_EVERY_S)


def test_some_boards_never_show_anything_new(endpoints):
    board = _board(endpoints, Behaviour.CONTENT_UNCHANGED)
    assert len({edition_of(board, hours * NEWS_EVERY_S) for hours in range(500_000, 500_100)}) == 1


def _board(endpoints, behaviour: Behaviour):
    return next(one for one in endpoints if (one.kind, one.behaviour) == (Kind.NOTICE_BOARD, behaviour))


async def _asked(showing: Players, endpoints):
    targets = [
        Target(
            key=key,
            address=one.address,
            profile=profile_named(one.profile),
            http_port=showing.port,
            ping=False,
        )
        for key, one in enumerate(endpoints)
    ]
    return [(endpoints[answer.key], answer) async for answer in sweep(targets, QUICK)]
