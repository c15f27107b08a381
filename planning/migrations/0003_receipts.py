"""What came in a project: receipts and the assets that they became; not more is received than was committed."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations import RunSQL

import planning.models.fields
from itops.database.recording import recorded

OF_PROJECT = "(SELECT p.place_id FROM planning_project p WHERE p.id = r.project_id)"

# Goods that go back are archived: then they count as received no longer.
HELD = """
CREATE FUNCTION planning_receipts_hold(which bigint, of_category text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
    IF (
        SELECT coalesce(sum(r.price_fen), 0) FROM planning_received x
        JOIN inventory_asset a ON a.id = x.asset_id AND NOT a.archived
        JOIN planning_receipt r ON r.id = x.receipt_id
        JOIN planning_ledgerline l ON l.id = r.line_id
        WHERE r.project_id = which AND l.category = of_category
    ) > (
        SELECT coalesce(sum(fen), 0) FROM planning_ledgerline
        WHERE project_id = which AND category = of_category AND entry = 'commitment'
    ) THEN
        PERFORM planning_refuse('more came than is committed in project ' || which, 'received_within_commitment');
    END IF;
END $$;

CREATE FUNCTION planning_receipt_added() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT FROM planning_ledgerline l WHERE l.id = NEW.line_id AND l.project_id = NEW.project_id
            AND l.entry IN ('commitment', 'invoice') AND l.day <= NEW.day
    ) THEN
        PERFORM planning_refuse('line ' || NEW.line_id || ' ordered nothing by then', 'receipt_was_ordered');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER receipt_was_ordered AFTER INSERT ON planning_receipt
    FOR EACH ROW EXECUTE FUNCTION planning_receipt_added();

CREATE FUNCTION planning_received_added() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bought record;
BEGIN
    FOR bought IN
        SELECT DISTINCT r.project_id, l.category FROM new_rows n
        JOIN planning_receipt r ON r.id = n.receipt_id JOIN planning_ledgerline l ON l.id = r.line_id
    LOOP
        PERFORM 1 FROM planning_project WHERE id = bought.project_id FOR NO KEY UPDATE;
        PERFORM planning_receipts_hold(bought.project_id, bought.category);
    END LOOP;
    RETURN NULL;
END $$;
CREATE TRIGGER received_holds AFTER INSERT ON planning_received REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION planning_received_added();

CREATE FUNCTION planning_commitment_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    PERFORM planning_receipts_hold(NEW.project_id, NEW.category);
    RETURN NULL;
END $$;
CREATE TRIGGER line_holds_receipts AFTER INSERT ON planning_ledgerline
    FOR EACH ROW WHEN (NEW.entry = 'commitment' AND NEW.fen < 0) EXECUTE FUNCTION planning_commitment_taken_back();

CREATE TRIGGER receipt_stays BEFORE UPDATE OR DELETE ON planning_receipt
    FOR EACH ROW EXECUTE FUNCTION planning_never_changed();
CREATE TRIGGER received_stays BEFORE UPDATE OR DELETE ON planning_received
    FOR EACH ROW EXECUTE FUNCTION planning_never_changed();
"""
NOT_HELD = """
DROP TRIGGER received_stays ON planning_received; DROP TRIGGER receipt_stays ON planning_receipt;
DROP TRIGGER line_holds_receipts ON planning_ledgerline; DROP TRIGGER received_holds ON planning_received;
DROP TRIGGER receipt_was_ordered ON planning_receipt;
DROP FUNCTION planning_commitment_taken_back(); DROP FUNCTION planning_received_added();
DROP FUNCTION planning_receipt_added(); DROP FUNCTION planning_receipts_hold(bigint, text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0012_places_of_what_hangs_on'),
        ('organisation', '0009_places_by_name'),
        ('planning', '0002_invariants'),
    ]

    operations = [
        migrations.CreateModel(
            name='Receipt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField(verbose_name='received on')),
                ('price_fen', planning.models.fields.FenField(validators=[django.core.validators.MinValueValidator(0, message='Money is not negative here.'), django.core.validators.MaxValueValidator(10000000000, message='No single thing of a county’s townships costs as much.')], verbose_name='price of one')),
                ('document', models.CharField(max_length=80, verbose_name='acceptance record')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('device_model', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='inventory.devicemodel', verbose_name='model')),
                ('line', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='planning.ledgerline', verbose_name='ordered by the line')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.place', verbose_name='place')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='receipts', to='planning.project', verbose_name='project')),
            ],
            options={
                'verbose_name': 'receipt of goods',
                'verbose_name_plural': 'receipts of goods',
                'ordering': ['-day', '-pk'],
            },
        ),
        migrations.CreateModel(
            name='Received',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asset', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='received', to='inventory.asset', verbose_name='asset')),
                ('receipt', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='received', to='planning.receipt', verbose_name='receipt')),
            ],
            options={
                'verbose_name': 'thing received',
                'verbose_name_plural': 'things received',
                'ordering': ['receipt', 'asset'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='receipt',
            constraint=models.CheckConstraint(condition=models.Q(('price_fen__gte', 0), ('price_fen__lte', 10000000000)), name='receipt_has_a_price'),
        ),
        recorded("planning.receipt", place=OF_PROJECT, of=("planning.project", "project_id")),
        RunSQL(HELD, NOT_HELD),
    ]
