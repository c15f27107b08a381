"""Boxes never touch, lines cross no box, and everything lies inside the picture, whatever the systems are."""

from hypothesis import given
from hypothesis import strategies as st

from inventory.systems.drawing import WIDE, Box, Curve, narrow, wide, wrapped
from inventory.systems.islands import Link
from inventory.systems.way import Way

MANY = 30
LINKS = st.lists(
    st.builds(Link, st.integers(0, MANY), st.integers(0, MANY), st.sampled_from(Way)).filter(
        lambda link: link.source != link.target
    ),
    max_size=60,
)
NUMBER = st.integers(0, MANY)


def apart(one: Box, other: Box) -> bool:
    return (
        one.x + one.width <= other.x
        or other.x + other.width <= one.x
        or one.y + one.height <= other.y
        or other.y + other.height <= one.y
    )


def at(curve: Curve, t: float, axis: int) -> float:
    """By the definition of a Bézier curve."""
    begin, first, second, end = (point[axis] for point in curve.points)
    return (1 - t) ** 3 * begin + 3 * (1 - t) ** 2 * t * first + 3 * (1 - t) * t**2 * second + t**3 * end


def along(curve: Curve) -> list[tuple[float, float]]:
    """Points of the curve between its ends."""
    return [(at(curve, step / 40, 0), at(curve, step / 40, 1)) for step in range(1, 40)]


def inside(box: Box, x: float, y: float) -> bool:
    slack = 0.01
    return box.x + slack < x < box.x + box.width - slack and box.y + slack < y < box.y + box.height - slack


@given(NUMBER, LINKS, st.sampled_from([wide, narrow]))
def test_boxes_never_touch_and_no_line_crosses_one(many, links, draw):
    drawing = draw(range(many), links)
    assert sorted(box.key for box in drawing.boxes) == list(range(many))
    assert all(apart(a, b) for i, a in enumerate(drawing.boxes) for b in drawing.boxes[i + 1 :])
    for curve in drawing.curves:
        for x, y in along(curve):
            assert not any(inside(box, x, y) for box in drawing.boxes)
            assert 0 <= x <= drawing.width
            assert -1 <= y <= drawing.height + 1


@given(NUMBER, LINKS, st.sampled_from([wide, narrow]))
def test_all_that_is_shown_has_its_line_from_box_to_box(many, links, draw):
    drawing = draw(range(many), links)
    shown = [link for link in links if link.source < many and link.target < many]
    assert [curve.link for curve in drawing.curves] == shown
    boxes = {box.key: box for box in drawing.boxes}
    for curve in drawing.curves:
        for end, key in ((curve.points[0], curve.link.source), (curve.points[3], curve.link.target)):
            box = boxes[key]
            assert box.x <= end[0] <= box.x + box.width
            assert box.y <= end[1] <= box.y + box.height


@given(NUMBER, st.sampled_from([wide, narrow]))
def test_boxes_lie_inside_the_picture(many, draw):
    drawing = draw(range(many), [])
    for box in drawing.boxes:
        assert box.x >= 0
        assert box.y >= 0
        assert box.x + box.width <= drawing.width
        assert box.y + box.height <= drawing.height + 0.001


def test_the_wide_one_is_drawn_at_its_size():
    assert wide(range(14), []).width == WIDE
    assert wide(range(14), []).height < 600


def ems(text):
    return sum(1 if ord(sign) > 0x2E7F else 0.56 for sign in text)


@given(st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")) | st.just(" "), max_size=60))
def test_any_name_fits_its_box(name):
    lines = wrapped(name, 11.8)
    assert len(lines) <= 2
    assert all(ems(line) <= 11.8 for line in lines)


def test_names_break_where_they_are_read():
    assert wrapped("社会服务统计", 11.8) == ("社会服务统计",)
    assert wrapped("Preferential care and placement", 11.8) == ("Preferential care and", "placement")
    assert wrapped("Household economic status verification of all", 11.8)[1].endswith("…")
