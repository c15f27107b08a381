"""What projects promise, before approval alone; what evidence says of it; files of papers carry their place."""

import django.core.validators
import django.db.models.deletion
from django.db import migrations, models
from django.db.migrations import RunSQL

from itops.database.recording import recorded

OF_PROJECT = "(SELECT p.place_id FROM planning_project p WHERE p.id = r.project_id)"
OF_PERSON = """(SELECT o.place_id FROM organisation_person p
    JOIN organisation_office o ON o.id = p.office_id WHERE p.id = {person})"""
OF_SUBJECT = f"""(CASE r.model
    WHEN 'inventory.asset' THEN (SELECT a.place_id FROM inventory_asset a WHERE a.id = r.object_id)
    WHEN 'organisation.office' THEN (SELECT o.place_id FROM organisation_office o WHERE o.id = r.object_id)
    WHEN 'organisation.person' THEN {OF_PERSON.format(person="r.object_id")}
    WHEN 'organisation.place' THEN r.object_id
    WHEN 'workforce.post' THEN (SELECT o.place_id FROM workforce_post p
        JOIN organisation_office o ON o.id = p.office_id WHERE p.id = r.object_id)
    WHEN 'workforce.heldskill' THEN (SELECT {OF_PERSON.format(person="h.person_id")}
        FROM workforce_heldskill h WHERE h.id = r.object_id)
    WHEN 'workforce.trainingsession' THEN (SELECT s.place_id FROM workforce_trainingsession s
        WHERE s.id = r.object_id)
    WHEN 'planning.projectpaper' THEN (SELECT p.place_id FROM planning_projectpaper w
        JOIN planning_project p ON p.id = w.project_id WHERE w.id = r.object_id) END)"""
HANG_ON = ("extras.note", "extras.tagging", "files.attachment")

GROUNDS = """
CREATE FUNCTION planning_promise_written() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    which bigint := CASE WHEN TG_OP = 'DELETE' THEN OLD.project_id ELSE NEW.project_id END;
BEGIN
    PERFORM 1 FROM planning_project WHERE id = which FOR NO KEY UPDATE;
    IF (SELECT stage FROM planning_project WHERE id = which) <> 'approval' THEN
        PERFORM planning_refuse('project ' || which || ' is approved: its promises stay', 'promise_stays');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER promise_stays AFTER INSERT OR UPDATE OR DELETE ON planning_promise
    FOR EACH ROW EXECUTE FUNCTION planning_promise_written();

CREATE FUNCTION planning_stage_has_grounds() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF OLD.stage = 'approval' AND NOT EXISTS (SELECT FROM planning_promise WHERE project_id = NEW.id) THEN
        PERFORM planning_refuse('project ' || NEW.id || ' promises nothing', 'project_promises');
    END IF;
    IF OLD.stage = 'implementation' AND NEW.stage <> 'approval'
        AND NOT EXISTS (SELECT FROM planning_receipt WHERE project_id = NEW.id) THEN
        PERFORM planning_refuse('nothing came in project ' || NEW.id, 'project_received');
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER stage_has_grounds AFTER UPDATE ON planning_project
    FOR EACH ROW WHEN (NEW.stage <> OLD.stage) EXECUTE FUNCTION planning_stage_has_grounds();
"""
NO_GROUNDS = """
DROP TRIGGER stage_has_grounds ON planning_project; DROP TRIGGER promise_stays ON planning_promise;
DROP FUNCTION planning_stage_has_grounds(); DROP FUNCTION planning_promise_written();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('planning', '0003_receipts'),
        ('workforce', '0009_places_of_what_hangs_on'),
    ]

    operations = [
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('computer', 'Computer'), ('conference_room', 'Conference room'), ('notice_board', 'Notice board'), ('network_link', 'Network link'), ('network_device', 'Network device'), ('server', 'Server'), ('ups', 'UPS'), ('printer', 'Printer'), ('video_endpoint', 'Video endpoint'), ('camera', 'Camera'), ('display', 'Display'), ('machine_room', 'Machine-room installation'), ('business_system', 'Business system')], max_length=20, verbose_name='kind')),
                ('measure', models.CharField(choices=[('used_days', 'office days on which it is used'), ('reachable', 'reachable in office hours'), ('calls', 'video conferences a month, each'), ('pages', 'pages printed a month, each'), ('changes', 'changes of content a month, each')], max_length=12, verbose_name='what is measured')),
                ('figure', models.PositiveIntegerField(help_text='percent of days or minutes, or so many a month for each piece', validators=[django.core.validators.MinValueValidator(1), django.core.validators.MaxValueValidator(100000)], verbose_name='promised figure')),
                ('note', models.CharField(blank=True, max_length=200, verbose_name='note')),
                ('project', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='promises', to='planning.project', verbose_name='project')),
            ],
            options={
                'verbose_name': 'promise of a project',
                'verbose_name_plural': 'promises of projects',
                'ordering': ['project', 'kind', 'measure'],
            },
        ),
        migrations.CreateModel(
            name='PromiseResult',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('months', models.PositiveSmallIntegerField(verbose_name='months')),
                ('pieces', models.IntegerField()),
                ('watched', models.IntegerField()),
                ('days', models.IntegerField()),
                ('part', models.BigIntegerField()),
                ('whole', models.BigIntegerField()),
                ('generated', models.BooleanField()),
                ('measured_on', models.DateField()),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='results', to='planning.promise', verbose_name='promise')),
            ],
            options={
                'ordering': ['promise', 'months'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.UniqueConstraint(fields=('project', 'kind', 'measure'), name='promise_once'),
        ),
        migrations.AddConstraint(
            model_name='promise',
            constraint=models.CheckConstraint(condition=models.Q(('figure__gte', 1), ('figure__lte', 100000), models.Q(models.Q(models.Q(('measure', 'reachable'), _negated=True), models.Q(('measure', 'used_days'), _negated=True)), ('figure__lte', 100), _connector='OR')), name='promise_can_be_kept', violation_error_message='A share is at most 100 percent.'),
        ),
        migrations.AddConstraint(
            model_name='promiseresult',
            constraint=models.UniqueConstraint(fields=('promise', 'months'), name='promise_result_once'),
        ),
        migrations.AddConstraint(
            model_name='promiseresult',
            constraint=models.CheckConstraint(condition=models.Q(('months__in', (3, 6, 12))), name='promise_result_months'),
        ),
        recorded("planning.promise", place=OF_PROJECT, of=("planning.project", "project_id")),
        *(recorded(label, place=OF_SUBJECT, of=("model", "object_id")) for label in HANG_ON),
        RunSQL(GROUNDS, NO_GROUNDS),
    ]
