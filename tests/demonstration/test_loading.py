"""The county in the database: once, whole, and with nothing that would be probed on a confidential network."""

from collections import Counter
from datetime import timedelta

from django.apps import apps
from django.utils import timezone

from inventory.marks.kind import Kind
from inventory.models import (
    Asset,
    Binding,
    Endpoint,
    EndpointKey,
    Fact,
    Network,
    PolicyVersion,
    Request,
    Sighting,
    Standard,
    Waiver,
)
from itops.organisation.actions.sign_in_links import make_entrance_link, use_link
from itops.organisation.models import Office, Place, User
from itops.organisation.scope import may
from itops.site.demonstration.load import load
from itops.site.demonstration.load_decisions import decide_for_mountains
from itops.site.demonstration.wake import Ports
from itops.site.demonstration.words import COUNTY_CODE, Behaviour
from monitoring.actions.claim import claim
from monitoring.models import Probe, State, StateCode
from planning.models import Received
from tests.demonstration.conftest import MONDAY


def test_all_of_the_plan_is_there(loaded):
    planned = list(loaded.assets())
    there = Asset.objects.current()
    assert there.count() == len(planned)
    assert Counter(there.values_list("kind", flat=True)) == Counter(a.kind.value for a in planned)
    assert Endpoint.objects.count() == Probe.objects.count() == State.objects.count() == 831
    assert Place.objects.townships().filter(offices__isnull=False).distinct().count() == 23


def test_what_the_project_replaced_is_written_off(loaded):
    """One old computer for each that came: without them the books would not tell what stood there a year ago."""
    gone = Asset.objects.filter(condition="retired")
    assert gone.count() == Received.objects.count() > 0
    assert Counter(gone.values_list("place", flat=True)) == Counter(
        Received.objects.values_list("asset__place", flat=True)
    )


def test_loading_twice_changes_nothing(loaded):
    before = _everything()
    again = load(loaded, Ports(snmp=16_100, http=16_180), now=MONDAY + timedelta(days=3))
    assert (again.fresh, _everything()) == (False, before)


def test_at_other_ports_the_probes_follow(loaded):
    load(loaded, Ports(snmp=17_100, http=17_180), now=MONDAY)
    assert set(Probe.objects.values_list("snmp_port", flat=True)) == {17_100}
    assert set(Probe.objects.values_list("http_port", flat=True)) == {None, 17_180}


def test_no_probe_pings_for_loopback_always_answers(loaded):
    assert set(Probe.objects.values_list("ping", flat=True)) == {False}


def test_the_confidential_network_has_an_asset_and_no_endpoint(loaded):
    assert Asset.objects.filter(network__kind="confidential").count() == 1
    assert not Endpoint.objects.filter(network__kind="confidential").exists()
    assert not Binding.objects.filter(asset__network__kind="confidential").exists()
    assert Network.objects.filter(kind="confidential").exists()


def test_lines_are_claimed_first_and_then_what_is_behind_them(loaded):
    claims = claim(2_000, now=MONDAY)
    assert {one.target.profile.name for one in claims} == {"line"}
    assert all(one.state == StateCode.UP for one in claims)


def test_states_are_those_of_the_last_days(loaded):
    by_behaviour = {a.tag: a.behaviour for a in loaded.assets()}
    codes = {
        (by_behaviour[tag], code)
        for tag, code in Binding.objects.values_list("asset__tag", "endpoint__state__code")
    }
    assert (Behaviour.CUT_LINE, StateCode.UP) in codes  # it fell silent only today
    assert (Behaviour.SILENT_NOT_FOUND, StateCode.DOWN) in codes
    assert {code for behaviour, code in codes if behaviour is Behaviour.NEVER_OBSERVED} == {StateCode.NEVER}


def test_what_moved_is_not_known_at_its_new_address(loaded):
    (stranger,) = loaded.strangers
    endpoint = Endpoint.objects.get(address=stranger.address)
    assert not endpoint.bindings.exists()
    assert not endpoint.keys.exists()
    assert not EndpointKey.objects.exclude(kind="mac").exists()  # serial numbers come from answers alone


def test_declared_facts_claim_nothing_observed(loaded):
    assert Fact.objects.filter(name="operating_system").count() > 500
    assert not Fact.objects.exclude(observed="").exists()


def test_people_of_each_role_sign_in_by_link_and_nobody_by_password(loaded):
    county = Place.objects.get(code=COUNTY_CODE)
    assert not any(user.has_usable_password() for user in User.objects.all())
    link = use_link(make_entrance_link())
    assert link is not None
    assert link.user == User.objects.get(username="demo-admin")
    assert may(User.objects.get(username="demo-leader"), "inventory.view_asset", county)
    assert not may(User.objects.get(username="demo-leader"), "inventory.change_asset", county)
    assert not may(User.objects.get(username="demo-township"), "inventory.view_asset", county)


def test_the_county_seat_has_the_bureau_too(loaded):
    offices = Office.objects.filter(place__name="东坪镇")
    assert offices.count() == 2
    servers = Asset.objects.filter(kind=Kind.SERVER.value, place__name="东坪镇")
    assert set(servers.values_list("office__staff", flat=True)) == {loaded.bureau_staff}


def test_days_ago_become_days(loaded):
    today = timezone.localdate(MONDAY)
    lost = next(a for a in loaded.assets() if a.behaviour is Behaviour.NOT_FOUND)
    looks = Sighting.objects.filter(asset__tag=lost.tag).values_list("on", "found")
    assert set(looks) == {(today - timedelta(days=s.days_ago), s.found) for s in lost.sightings}
    assert Waiver.objects.filter(starts__lt=today, until__gt=today).count() == Waiver.objects.count() == 4
    assert [one.starts.isoformat() for one in Standard.objects.all()] == ["2026-01-01", "2022-01-01"]


def test_the_place_not_counted_yet_has_no_sightings(loaded):
    assert not Sighting.objects.filter(asset__place__name="古楼乡").exists()


def _everything() -> dict[str, object]:
    """How many rows each table has, and the probes and states themselves."""
    ours = [
        model
        for app in ("organisation", "inventory", "monitoring")
        for model in apps.get_app_config(app).get_models()
    ]
    counts = {model.__name__: model._default_manager.count() for model in ours}
    rows = {model.__name__: list(model._default_manager.order_by("pk").values()) for model in (Probe, State)}
    return {"counts": counts, "rows": rows}


def test_townships_have_asked_and_some_were_answered(loaded):
    states = Counter(Request.objects.values_list("state", flat=True))
    assert set(states) == {"open", "accepted", "declined", "done"}
    assert not Request.objects.exclude(state="open").filter(answer="").exists()


def test_policies_of_two_townships_are_tried_out_and_published_once(loaded):
    for _again in range(2):
        decide_for_mountains()
    published = PolicyVersion.objects.published()
    assert {one.place.name for one in published} == {"古楼乡", "渠江镇"}
    assert all(one.trials.filter(state="done").exists() for one in published)
    assert {one.in_force_on > timezone.localdate() for one in published} == {True, False}
