"""The hash of a scenario: the same inputs in whatever order have the same one."""

import hashlib
import json

from planning.optimiser.need import Need, Remedy
from planning.optimiser.scenario import Floor, Scenario, Source

FORM = "plan-inputs-1"  # changes with the meaning of the inputs, so that old hashes are never mistaken


def fingerprint(scenario: Scenario) -> str:
    """SHA-256 over the canonical form."""
    return hashlib.sha256(canonical(scenario).encode()).hexdigest()


def canonical(scenario: Scenario) -> str:
    """All inputs as JSON: needs, sources and floors in order, names sorted, no spaces."""
    ordered = scenario.in_order()
    return json.dumps(
        {
            "form": FORM,
            "years": ordered.years,
            "delay": ordered.delay,
            "needs": [_need(need) for need in ordered.needs],
            "sources": [_source(source) for source in ordered.sources],
            "floors": [_floor(floor) for floor in ordered.floors],
        },
        sort_keys=True,
        separators=(",", ":"),
        ensure_ascii=False,
    )


def _need(need: Need) -> dict[str, object]:
    return {
        "key": need.key,
        "place": need.place,
        "must": need.must,
        "since": need.since.isoformat() if need.since else None,
        "severity": need.severity,
        "remedies": [_remedy(remedy) for remedy in need.remedies],
    }


def _remedy(remedy: Remedy) -> dict[str, object]:
    return {
        "way": remedy.way,
        "category": remedy.category,
        "purchase": remedy.purchase,
        "recurring": remedy.recurring,
        "recurring_category": remedy.recurring_category,
        "benefit": remedy.benefit,
        "asset": remedy.asset,
    }


def _source(source: Source) -> dict[str, object]:
    return {
        "key": source.key,
        "years": sorted(source.years),
        "limit": source.limit,
        "categories": None if source.categories is None else sorted(source.categories),
        "match": source.match,
        "matched_by": source.matched_by,
    }


def _floor(floor: Floor) -> dict[str, object]:
    return {"place": floor.place, "year": floor.year, "needs": floor.needs, "fen": floor.fen}
