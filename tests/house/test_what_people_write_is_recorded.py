"""A model that people write has its changes recorded, or stands below with the reason why not."""

import pytest
from django.apps import apps
from django.db import connection

from itops.encrypted import EncryptedTextField

NOT_RECORDED = {
    "organisation.signinlink": "a secret of a quarter of an hour; only its hash is kept",
    "organisation.recoverycode": "a secret that works once; only its hash is kept",
    "organisation.failurecount": "counted by the program, under a hash",
    "organisation.accessrecord": "a record itself, which nobody changes",
    "organisation.user_groups": "grants decide what an account may do; groups are not used",
    "organisation.user_user_permissions": "grants decide what an account may do; permissions are not used",
    "files.storedfile": "bytes that never change, known by their hash",
    "notify.delivery": "sent by the program, with what was answered",
    "notify.cursor": "how far the program has come",
    "inventory.assetcount": "summed up by the database from assets and standings",
    "inventory.casebook": "what the marking remembers of its last judgement",
    "inventory.pending": "noted by the database",
    "inventory.daycount": "summed up by each marking; a past day's rows are never changed",
    "inventory.supportdate": "a line of a table that is never changed; the table is recorded with its hash",
    "inventory.endpointkey": "signs that probes saw",
    "inventory.evidenceblock": "what was observed",
    "inventory.evidenceday": "what was observed",
    "inventory.facthistory": "what was observed",
    "inventory.mark": "verdicts of the rules; each keeps when it opened and closed",
    "inventory.standing": "verdicts of the rules",
    "inventory.policytrial": "what a draft would change; forgotten with the next trial",
    "inventory.trialchange": "worked out by a trial",
    "monitoring.incident": "worked out from answers",
    "monitoring.layout": "how readings are stored",
    "monitoring.reading": "what was observed",
    "monitoring.state": "what was observed",
    "monitoring.statechange": "what was observed",
    "monitoring.sweep": "how probing went",
    "workforce.logentry": "sealed: its own record, which nobody changes",
    "workforce.logpersonal": "what a lawful erasure must be able to remove; the erasure is an entry of the log",
    "workforce.checkpoint": "signed by an auditor, never changed",
    "planning.promiseresult": "measured from evidence by the program",
    "planning.received": "written once with its receipt, which is recorded, and its asset, which is too",
    "planning.planline": "worked out by the optimiser; the plan is recorded with the hash of its inputs",
}
PEOPLE_WRITE = (
    "organisation",
    "files",
    "extras",
    "notify",
    "inventory",
    "monitoring",
    "workforce",
    "planning",
)
TRIGGERED = (
    "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = ANY(%s) GROUP BY 1 HAVING count(*) = 3"
)
NAMES = ("recorded_add", "recorded_change", "recorded_delete")


def written_by_people():
    installed = [config for config in apps.get_app_configs() if config.label in PEOPLE_WRITE]
    return [model for config in installed for model in config.get_models(include_auto_created=True)]


def recorded():
    with connection.cursor() as cursor:
        cursor.execute(TRIGGERED, [list(NAMES)])
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_every_model_is_recorded_or_excepted_with_a_reason():
    tables = recorded()
    missing = {model._meta.label_lower for model in written_by_people() if model._meta.db_table not in tables}
    assert missing == set(NOT_RECORDED)


@pytest.mark.django_db
def test_no_secret_is_recorded():
    """A new secret column must be withheld as well."""
    for model in written_by_people():
        secrets = {f.column for f in model._meta.local_fields if isinstance(f, EncryptedTextField)}
        if secrets:
            with connection.cursor() as cursor:
                cursor.execute(
                    "SELECT prosrc FROM pg_proc WHERE proname = %s", [f"itops_record_{model._meta.db_table}"]
                )
                source = cursor.fetchone()[0]
            assert all(name in source for name in secrets), model
