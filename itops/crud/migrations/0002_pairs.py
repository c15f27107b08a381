"""What the index over pairs of neighbouring characters is made with (itops/database/conditions.py)."""

from django.db import migrations

# A loop: half the time of any statement that takes the text apart at once.
PAIRS = """
CREATE FUNCTION itops_pairs(words text) RETURNS tsvector LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE COST 10 AS $$
DECLARE
    lowered text := lower(words);
    found text[] := '{}';
BEGIN
    FOR at IN 1 .. length(lowered) LOOP
        CONTINUE WHEN substr(lowered, at, 1) <= ' ';
        found := found || rtrim(substr(lowered, at, 2), E' \\n\\t\\r');
    END LOOP;
    RETURN array_to_tsvector(found);
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("crud", "0001_initial")]
    operations = [migrations.RunSQL(PAIRS, "DROP FUNCTION itops_pairs(text)")]
