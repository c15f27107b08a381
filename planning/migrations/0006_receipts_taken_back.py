"""A mistaken receipt is taken back: it stays, its assets are archived and stay so, and more never counts than is committed."""

import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations import RunSQL

from itops.database.recording import recorded

PROJECT = "(SELECT r2.project_id FROM planning_receipt r2 WHERE r2.id = r.receipt_id)"
OF_PROJECT = f"(SELECT p.place_id FROM planning_project p WHERE p.id = {PROJECT})"

HELD = """
CREATE FUNCTION planning_receipt_taken_back() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM planning_received x JOIN inventory_asset a ON a.id = x.asset_id
        WHERE x.receipt_id = NEW.receipt_id AND NOT a.archived
    ) THEN
        PERFORM planning_refuse('assets of receipt ' || NEW.receipt_id || ' still stand', 'taken_back_with_assets');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER taken_back_with_assets AFTER INSERT ON planning_receipttakenback
    FOR EACH ROW EXECUTE FUNCTION planning_receipt_taken_back();
CREATE TRIGGER taken_back_stays BEFORE UPDATE OR DELETE ON planning_receipttakenback
    FOR EACH ROW EXECUTE FUNCTION planning_never_changed();

-- An asset that comes back counts as received again.
CREATE FUNCTION planning_asset_comes_back() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    bought record;
BEGIN
    SELECT r.id, r.project_id, l.category INTO bought FROM planning_received x
    JOIN planning_receipt r ON r.id = x.receipt_id JOIN planning_ledgerline l ON l.id = r.line_id
    WHERE x.asset_id = NEW.id;
    IF FOUND THEN
        IF EXISTS (SELECT FROM planning_receipttakenback WHERE receipt_id = bought.id) THEN
            PERFORM planning_refuse('receipt ' || bought.id || ' was taken back', 'taken_back_stays_archived');
        END IF;
        PERFORM 1 FROM planning_project WHERE id = bought.project_id FOR NO KEY UPDATE;
        PERFORM planning_receipts_hold(bought.project_id, bought.category);
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER received_comes_back AFTER UPDATE OF archived ON inventory_asset
    FOR EACH ROW WHEN (OLD.archived AND NOT NEW.archived) EXECUTE FUNCTION planning_asset_comes_back();
"""
NOT_HELD = """
DROP TRIGGER received_comes_back ON inventory_asset; DROP FUNCTION planning_asset_comes_back();
DROP TRIGGER taken_back_stays ON planning_receipttakenback;
DROP TRIGGER taken_back_with_assets ON planning_receipttakenback; DROP FUNCTION planning_receipt_taken_back();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("inventory", "0019_requests"),
        ("planning", "0005_monthly_statistics"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReceiptTakenBack",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("reason", models.CharField(max_length=200, verbose_name="reason")),
                ("on", models.DateField(verbose_name="taken back on")),
                ("by", models.CharField(max_length=60, verbose_name="taken back by")),
                (
                    "receipt",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="taken_back",
                        to="planning.receipt",
                        verbose_name="receipt of goods",
                    ),
                ),
            ],
            options={
                "verbose_name": "receipt taken back",
                "verbose_name_plural": "receipts taken back",
                "ordering": ["-on", "-pk"],
                "default_permissions": (),
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("reason", ""), _negated=True), name="taken_back_with_reason")
                ],
            },
        ),
        recorded("planning.receipttakenback", place=OF_PROJECT, of=("planning.receipt", "receipt_id")),
        RunSQL(HELD, NOT_HELD),
    ]
