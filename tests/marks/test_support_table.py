"""A file of support dates is taken as a whole or refused with all its faults; the version of a day is in force."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inventory.marks.facts import AssetFacts
from inventory.marks.findings import Lacking
from inventory.marks.kind import Kind
from inventory.marks.mark import Answer
from inventory.marks.operating_systems import recognise, table
from inventory.marks.support_table import (
    Release,
    SupportFileError,
    SupportVersion,
    Wrong,
    by_key,
    read_support_file,
    shipped,
    version_on,
)
from tests.marks.building import verdict

HEAD = "family,keys,name,cycle,earliest_end,latest_end\n"
KYLIN = "domestic,ky10,Kylin V10,V10,2029-12-31,2029-12-31\n"


def faults(text: str) -> set[tuple[int, str, Wrong]]:
    with pytest.raises(SupportFileError) as error:
        read_support_file(text.encode())
    return {(fault.line, fault.column, fault.code) for fault in error.value.faults}


def test_each_key_of_a_row_is_a_release() -> None:
    found = read_support_file((HEAD + "ubuntu,24.04 6.8,Ubuntu 24.04,24.04,2029-05-31,2029-05-31\n").encode())
    assert [(one.key, one.name) for one in found] == [("24.04", "Ubuntu 24.04"), ("6.8", "Ubuntu 24.04")]


def test_all_faults_are_told_with_line_and_column() -> None:
    text = HEAD + ",ky10,,V10,2029-13-01,\n" + KYLIN + KYLIN + "a,b,c,d,2027-01-01,2026-01-01\n"
    assert faults(text) == {
        (2, "family", Wrong.MISSING),
        (2, "name", Wrong.MISSING),
        (2, "earliest_end", Wrong.NOT_A_DAY),
        (4, "keys", Wrong.TWICE),
        (5, "latest_end", Wrong.ENDS_BEFORE),
    }


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", Wrong.NO_COLUMN),
        (HEAD, Wrong.EMPTY),
        ("family,keys\na,b\n", Wrong.NO_COLUMN),
        (HEAD + 'a,"b\n', Wrong.NOT_CSV),
        (HEAD + "a,b,c,d,,,more\n", Wrong.TOO_MANY_VALUES),
        (HEAD + f"{'a' * 41},b,c,d,,\n", Wrong.TOO_LONG),
        (HEAD + f"a,{'b' * 41},c,d,,\n", Wrong.TOO_LONG),
        (HEAD + "a,b,c\0,d,,\n", Wrong.NOT_WRITABLE),
        (HEAD + "a,b,c,d,0001-01-01,\n", Wrong.NOT_A_DAY),
        ("x" * 5_000_001, Wrong.TOO_LARGE),
    ],
)
def test_a_file_that_cannot_be_taken_says_why(text: str, code: Wrong) -> None:
    assert code in {found for _line, _column, found in faults(text)}


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: (HEAD + text).encode()))
def test_no_bytes_are_too_much(content: bytes) -> None:
    try:
        said = bool(read_support_file(content))
    except SupportFileError as error:
        said = bool(error.faults)
    assert said


def version(starts: date, end: date) -> SupportVersion:
    one = Release(family="domestic", key="ky10", name="Kylin", cycle="", earliest_end=end, latest_end=end)
    return SupportVersion(starts=starts, source="t", releases=(one,))


def test_the_version_that_began_last_is_in_force() -> None:
    older = version(date(2030, 1, 1), date(2031, 1, 1))
    newer = version(date(2030, 6, 1), date(2032, 1, 1))
    assert version_on(date(2030, 5, 31), [newer, older]) is older
    assert version_on(date(2030, 6, 1), [newer, older]) is newer
    assert version_on(date(2029, 12, 31), [newer, older]) is shipped()[-1]


def test_what_people_loaded_goes_before_what_the_program_brought_on_the_same_day() -> None:
    ours = version(shipped()[0].starts, date(2031, 1, 1))
    assert version_on(shipped()[0].starts, [ours]) is ours


def test_before_the_first_version_the_first_holds() -> None:
    assert version_on(date(2000, 1, 1)) is shipped()[0]


def test_a_loaded_date_decides_and_a_release_left_out_is_not_known() -> None:
    systems = by_key(read_support_file((HEAD + KYLIN).encode()))
    kylin = recognise("Linux pc 4.19.90-23.8.v2101.ky10.x86_64 #1", systems=systems)
    assert kylin is not None
    assert (kylin.name, kylin.end_of_support) == ("Kylin v2101.ky10", None)
    kylin = recognise("Linux pc 4.19.90-23.8.ky10.x86_64 #1", systems=systems)
    assert kylin is not None
    assert kylin.end_of_support == date(2029, 12, 31)


@pytest.mark.parametrize(
    ("end", "answer"),
    [
        (("2026-01-01", "2026-02-01"), Answer.MARKED),
        (("2026-01-01", "2036-01-01"), Answer.UNKNOWN),
        (("2035-01-01", "2036-01-01"), Answer.CLEAR),
    ],
)
def test_between_the_ends_of_two_editions_it_cannot_be_told(end: tuple[str, str], answer: Answer) -> None:
    row = f"windows-workstation,19044,Windows 10 21H2,21H2,{end[0]},{end[1]}\n"
    system = recognise(
        "Software: Windows Version 6.3 (Build 19044 Multiprocessor Free)",
        "1.3.6.1.4.1.311.1.1.3.1.1",
        systems=by_key(read_support_file((HEAD + row).encode())),
    )
    found = verdict(AssetFacts(kind=Kind.COMPUTER, operating_system=system))
    marked = any(one.rule.endswith("unsupported_os") for one in found.findings)
    lacks = [one for one in found.lacks if one.rule.endswith("unsupported_os")]
    assert marked == (answer is Answer.MARKED)
    assert [one.code for one in lacks] == ([Lacking.EDITION_UNKNOWN] if answer is Answer.UNKNOWN else [])
    assert {str(one.numbers["earliest_end"]) for one in lacks} <= {end[0]}


def test_the_programs_table_holds_every_windows_build_of_which_editions_end_apart() -> None:
    builds = {key for (family, key), one in table().items() if "windows" in family and one.edition_unknown}
    assert {"10240", "14393", "17763", "19044", "22621", "22631", "26100", "26200", "3790"} <= builds
