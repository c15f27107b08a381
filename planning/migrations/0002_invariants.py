"""What money must add up to, held by the database; changes are recorded; published plans and lines stay as they are."""

from django.db import migrations
from django.db.migrations import RunSQL

from itops.database.recording import recorded

SOURCE, SCENARIO, PLAN, PROJECT = (
    "planning.fundingsource",
    "planning.scenario",
    "planning.plan",
    "planning.project",
)
OF_PROJECT = "(SELECT p.place_id FROM planning_project p WHERE p.id = r.project_id)"

# Whoever adds a line locks its source and its project first: two who write at once follow each other.
# Sums are taken at the end of each day on which something was booked: order of dates matters, not of typing.
LINES = """
CREATE FUNCTION planning_refuse(said text, by_constraint text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', said USING ERRCODE = 'check_violation', CONSTRAINT = by_constraint;
END $$;

CREATE FUNCTION planning_source_holds(which bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM planning_ledgerline l JOIN planning_fundingsource s ON s.id = l.source_id
        WHERE s.id = which AND l.entry = 'allocation' GROUP BY s.id HAVING sum(l.fen) > s.limit_fen
    ) THEN
        PERFORM planning_refuse('more is allocated than source ' || which || ' has', 'source_not_overspent');
    END IF;
    IF EXISTS (SELECT FROM planning_permittedcategory WHERE source_id = which) AND EXISTS (
        SELECT FROM planning_ledgerline l WHERE l.source_id = which AND NOT EXISTS (
            SELECT FROM planning_permittedcategory c WHERE c.source_id = which AND c.category = l.category)
    ) THEN
        PERFORM planning_refuse('source ' || which || ' is not for that category', 'source_for_its_categories');
    END IF;
END $$;

CREATE FUNCTION planning_cells_hold(which bigint, of_source bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT sum(fen) FILTER (WHERE entry = 'allocation') OVER upto AS allocated,
                   sum(fen) FILTER (WHERE entry = 'commitment') OVER upto AS committed,
                   sum(fen) FILTER (WHERE entry = 'invoice') OVER upto AS invoiced,
                   sum(fen) FILTER (WHERE entry IN ('payment', 'refund')) OVER upto AS paid
            FROM planning_ledgerline WHERE project_id = which AND source_id = of_source
            WINDOW upto AS (PARTITION BY category ORDER BY day)
        ) s
        WHERE least(coalesce(allocated, 0), coalesce(committed, 0), coalesce(invoiced, 0), coalesce(paid, 0)) < 0
           OR coalesce(committed, 0) > coalesce(allocated, 0)
           OR coalesce(invoiced, 0) > coalesce(committed, 0)
           OR coalesce(paid, 0) > coalesce(committed, 0)
    ) THEN
        PERFORM planning_refuse('paid <= committed <= allocated does not hold in project ' || which,
            'paid_committed_allocated');
    END IF;
END $$;

CREATE FUNCTION planning_match_holds(which bigint) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT matched_by_id, sum(ceil(allocated * match_bp / (10000 - match_bp))) AS owed FROM (
                SELECT s.id, s.matched_by_id, s.match_bp::numeric, sum(l.fen) AS allocated
                FROM planning_ledgerline l JOIN planning_fundingsource s ON s.id = l.source_id
                WHERE l.project_id = which AND l.entry = 'allocation' AND s.match_bp > 0
                GROUP BY s.id
            ) matched GROUP BY matched_by_id
        ) asked
        WHERE owed > (SELECT coalesce(sum(fen), 0) FROM planning_ledgerline c
                      WHERE c.project_id = which AND c.source_id = matched_by_id AND c.entry = 'commitment')
    ) THEN
        PERFORM planning_refuse('the match of project ' || which || ' is not committed', 'match_committed');
    END IF;
END $$;

CREATE FUNCTION planning_line_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM 1 FROM planning_fundingsource WHERE id = NEW.source_id FOR NO KEY UPDATE;
    PERFORM 1 FROM planning_project WHERE id = NEW.project_id FOR NO KEY UPDATE;
    PERFORM planning_source_holds(NEW.source_id);
    PERFORM planning_cells_hold(NEW.project_id, NEW.source_id);
    IF (SELECT stage FROM planning_project WHERE id = NEW.project_id) <> 'approval' THEN
        PERFORM planning_match_holds(NEW.project_id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER line_holds AFTER INSERT ON planning_ledgerline
    FOR EACH ROW EXECUTE FUNCTION planning_line_added();

CREATE FUNCTION planning_never_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM planning_refuse('a line of ' || TG_TABLE_NAME || ' is not changed', 'line_stays');
    RETURN NULL;
END $$;
CREATE TRIGGER line_stays BEFORE UPDATE OR DELETE ON planning_ledgerline
    FOR EACH ROW EXECUTE FUNCTION planning_never_changed();

CREATE FUNCTION planning_source_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF (NEW.year, NEW.match_bp, NEW.matched_by_id) IS DISTINCT FROM (OLD.year, OLD.match_bp, OLD.matched_by_id)
        AND EXISTS (SELECT FROM planning_ledgerline WHERE source_id = NEW.id) THEN
        PERFORM planning_refuse('lines refer to source ' || NEW.id, 'source_terms_stay');
    END IF;
    PERFORM planning_source_holds(NEW.id);
    RETURN NULL;
END $$;
CREATE TRIGGER source_holds AFTER UPDATE ON planning_fundingsource
    FOR EACH ROW EXECUTE FUNCTION planning_source_changed();

CREATE FUNCTION planning_category_changed() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.source_id ELSE NEW.source_id END;
BEGIN
    PERFORM 1 FROM planning_fundingsource WHERE id = which FOR NO KEY UPDATE;
    PERFORM planning_source_holds(which);
    RETURN NULL;
END $$;
CREATE TRIGGER category_holds AFTER INSERT OR UPDATE OR DELETE ON planning_permittedcategory
    FOR EACH ROW EXECUTE FUNCTION planning_category_changed();

CREATE FUNCTION planning_project_changed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.stage <> OLD.stage AND NEW.stage <> 'approval' THEN
        PERFORM planning_match_holds(NEW.id);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER project_holds AFTER UPDATE ON planning_project
    FOR EACH ROW EXECUTE FUNCTION planning_project_changed();

CREATE FUNCTION planning_plan_is_frozen() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    published timestamptz;
BEGIN
    IF TG_TABLE_NAME = 'planning_plan' THEN
        published := OLD.published_at;
    ELSIF TG_OP = 'INSERT' THEN
        SELECT published_at INTO published FROM planning_plan WHERE id = NEW.plan_id;
    ELSE
        SELECT published_at INTO published FROM planning_plan WHERE id = OLD.plan_id;
    END IF;
    IF published IS NOT NULL THEN
        PERFORM planning_refuse('a published plan is not changed', 'plan_is_frozen');
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $$;
CREATE TRIGGER plan_is_frozen BEFORE UPDATE OR DELETE ON planning_plan
    FOR EACH ROW EXECUTE FUNCTION planning_plan_is_frozen();
CREATE TRIGGER plan_is_frozen BEFORE INSERT OR UPDATE OR DELETE ON planning_planline
    FOR EACH ROW EXECUTE FUNCTION planning_plan_is_frozen();
"""
NO_LINES = """
DROP TRIGGER plan_is_frozen ON planning_planline; DROP TRIGGER plan_is_frozen ON planning_plan;
DROP TRIGGER project_holds ON planning_project; DROP TRIGGER category_holds ON planning_permittedcategory;
DROP TRIGGER source_holds ON planning_fundingsource;
DROP TRIGGER line_stays ON planning_ledgerline; DROP TRIGGER line_holds ON planning_ledgerline;
DROP FUNCTION planning_plan_is_frozen(); DROP FUNCTION planning_project_changed();
DROP FUNCTION planning_category_changed(); DROP FUNCTION planning_source_changed();
DROP FUNCTION planning_never_changed(); DROP FUNCTION planning_line_added();
DROP FUNCTION planning_match_holds(bigint); DROP FUNCTION planning_cells_hold(bigint, bigint);
DROP FUNCTION planning_source_holds(bigint); DROP FUNCTION planning_refuse(text, text);
"""


class Migration(migrations.Migration):
    dependencies = [("planning", "0001_initial"), ("audit", "0001_initial")]
    operations = [
        recorded(SOURCE),
        recorded("planning.permittedcategory", of=(SOURCE, "source_id")),
        recorded("planning.remedyterms"),
        recorded(SCENARIO, left_out=("asked_at", "trouble")),
        recorded("planning.scenario_sources", of=(SCENARIO, "scenario_id")),
        recorded("planning.scenariofloor", of=(SCENARIO, "scenario_id")),
        recorded("planning.mustdo", of=(SCENARIO, "scenario_id")),
        recorded(PLAN, left_out=("inputs", "frontier", "compared")),
        recorded(PROJECT, place="r.place_id"),
        recorded("planning.projectpaper", place=OF_PROJECT, of=(PROJECT, "project_id")),
        recorded("planning.ledgerline", place=OF_PROJECT, of=(PROJECT, "project_id")),
        RunSQL(LINES, NO_LINES),
    ]
