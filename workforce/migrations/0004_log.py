"""The sealed log: appended to through one door, changed by nobody.

itops_app may INSERT and SELECT. Triggers refuse every other change to the owner as well; a superuser can switch them
off, which is why the proofs exist.
"""

import django.db.models.deletion
from django.db import migrations, models

ENTRIES = """
CREATE TABLE workforce_loghead (
    one boolean PRIMARY KEY DEFAULT true CHECK (one),
    log text NOT NULL, alg text NOT NULL, seq bigint NOT NULL, hash text NOT NULL, at timestamptz NOT NULL
);
REVOKE ALL ON workforce_loghead FROM itops_app;
GRANT SELECT ON workforce_loghead TO itops_app;

CREATE TABLE workforce_logentry (
    seq bigint GENERATED ALWAYS AS (((entry::jsonb) ->> 'seq')::bigint) STORED PRIMARY KEY,
    entry text NOT NULL,
    subtrees bytea NOT NULL,
    hash text GENERATED ALWAYS AS (encode(substr(subtrees, 1, 32), 'hex')) STORED UNIQUE,
    kind text GENERATED ALWAYS AS ((entry::jsonb) ->> 'kind') STORED NOT NULL,
    place_id bigint GENERATED ALWAYS AS (((entry::jsonb) -> 'place' ->> 'id')::bigint) STORED
        REFERENCES organisation_place,
    reverses_id bigint GENERATED ALWAYS AS (((entry::jsonb) ->> 'reverses')::bigint) STORED UNIQUE
        REFERENCES workforce_logentry,
    at timestamptz NOT NULL,
    CONSTRAINT reversal_names_what_it_reverses CHECK ((kind = 'reversal') = (reverses_id IS NOT NULL))
);
CREATE INDEX workforce_logentry_place ON workforce_logentry (place_id, seq);
CREATE INDEX workforce_logentry_kind ON workforce_logentry (kind, seq);
CREATE INDEX workforce_logentry_at ON workforce_logentry USING brin (at);
REVOKE ALL ON workforce_logentry FROM itops_app;
GRANT SELECT, INSERT (entry, subtrees) ON workforce_logentry TO itops_app;
"""

# The head is locked until the transaction ends: entries follow one another in the order of their commits.
FUNCTIONS = """
CREATE FUNCTION itops_log_head(begin_log text, begin_alg text)
    RETURNS TABLE (log text, alg text, seq bigint, hash text, now timestamptz)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
    IF begin_log IS NOT NULL THEN
        INSERT INTO workforce_loghead (log, alg, seq, hash, at)
            VALUES (begin_log, begin_alg, 0, repeat('0', 64), clock_timestamp()) ON CONFLICT DO NOTHING;
    END IF;
    PERFORM FROM workforce_loghead FOR UPDATE;
    RETURN QUERY SELECT h.log, h.alg, h.seq, h.hash, greatest(clock_timestamp(), h.at) FROM workforce_loghead h;
END $$;

CREATE FUNCTION itops_log_follows() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    head workforce_loghead;
    said jsonb := NEW.entry::jsonb;
    own bytea := substr(NEW.subtrees, 1, 32);
BEGIN
    SELECT * INTO STRICT head FROM workforce_loghead FOR UPDATE;
    NEW.at := (said ->> 'at')::timestamptz;
    IF said ->> 'log' IS DISTINCT FROM head.log OR said ->> 'alg' IS DISTINCT FROM head.alg
        OR (said ->> 'seq')::bigint IS DISTINCT FROM head.seq + 1 OR said ->> 'prev' IS DISTINCT FROM head.hash
        OR NEW.at < head.at
        OR (head.alg = 'sha256' AND own <> sha256('\\x00'::bytea || convert_to(NEW.entry, 'UTF8')))
    THEN
        RAISE EXCEPTION 'the entry does not follow the head of the log' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF said ->> 'reverses' IS NOT NULL AND NOT EXISTS (
        SELECT FROM workforce_logentry e
        WHERE e.seq = (said ->> 'reverses')::bigint AND e.kind NOT IN ('reversal', 'erasure'))
    THEN
        RAISE EXCEPTION 'the entry reverses what cannot be reversed' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    UPDATE workforce_loghead SET seq = head.seq + 1, hash = encode(own, 'hex'), at = NEW.at;
    RETURN NEW;
END $$;

CREATE FUNCTION itops_log_refuses() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the log is only ever added to' USING ERRCODE = 'insufficient_privilege';
END $$;

CREATE TRIGGER follows BEFORE INSERT ON workforce_logentry FOR EACH ROW EXECUTE FUNCTION itops_log_follows();
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON workforce_logentry
    FOR EACH STATEMENT EXECUTE FUNCTION itops_log_refuses();
CREATE TRIGGER never_removed BEFORE DELETE OR TRUNCATE ON workforce_loghead
    FOR EACH STATEMENT EXECUTE FUNCTION itops_log_refuses();
"""

# What can be erased lies apart from what cannot; the erasure is an entry of its own.
PERSONAL = """
CREATE TABLE workforce_logpersonal (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    entry_id bigint NOT NULL REFERENCES workforce_logentry,
    name text NOT NULL,
    value jsonb NOT NULL,
    salt bytea NOT NULL CHECK (length(salt) = 32),
    UNIQUE (entry_id, name)
);
REVOKE ALL ON workforce_logpersonal FROM itops_app;
GRANT SELECT, INSERT, DELETE ON workforce_logpersonal TO itops_app;
CREATE TRIGGER only_added_or_erased BEFORE UPDATE OR TRUNCATE ON workforce_logpersonal
    FOR EACH STATEMENT EXECUTE FUNCTION itops_log_refuses();
"""

CHECKPOINTS = """
CREATE TABLE workforce_checkpoint (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    size bigint NOT NULL CHECK (size > 0),
    root text NOT NULL,
    signed_at timestamptz NOT NULL,
    public_key text NOT NULL,
    text text NOT NULL UNIQUE,
    received timestamptz NOT NULL DEFAULT now(),
    by text NOT NULL
);
REVOKE ALL ON workforce_checkpoint FROM itops_app;
GRANT SELECT, INSERT ON workforce_checkpoint TO itops_app;
CREATE TRIGGER only_added_to BEFORE UPDATE OR DELETE OR TRUNCATE ON workforce_checkpoint
    FOR EACH STATEMENT EXECUTE FUNCTION itops_log_refuses();
"""

UNDO = """
DROP TABLE workforce_checkpoint, workforce_logpersonal, workforce_logentry, workforce_loghead;
DROP FUNCTION itops_log_head(text, text), itops_log_follows(), itops_log_refuses();
"""


class Migration(migrations.Migration):
    initial = True
    dependencies = [("organisation", "0001_initial"), ("workforce", "0003_recorded_and_shared")]
    operations = [
        migrations.RunSQL(ENTRIES + FUNCTIONS + PERSONAL + CHECKPOINTS, UNDO),
        migrations.CreateModel(
            name="LogEntry",
            fields=[
                ("seq", models.BigIntegerField(primary_key=True, serialize=False)),
                ("place", models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="organisation.place")),
                ("reverses", models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name="reversal", to="workforce.logentry")),
            ],
            options={"managed": False, "ordering": ["seq"], "default_permissions": ("view", "export"), "verbose_name": "log entry", "verbose_name_plural": "log entries"},
        ),
        migrations.CreateModel(
            name="LogPersonal",
            fields=[
                ("id", models.BigAutoField(primary_key=True, serialize=False)),
                ("entry", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="personal", to="workforce.logentry")),
            ],
            options={"managed": False, "default_permissions": ("delete",)},
        ),
        migrations.CreateModel(
            name="Checkpoint",
            fields=[("id", models.BigAutoField(primary_key=True, serialize=False))],
            options={"managed": False, "ordering": ["size", "id"], "default_permissions": ("view", "add"), "verbose_name": "checkpoint", "verbose_name_plural": "checkpoints"},
        ),
    ]
