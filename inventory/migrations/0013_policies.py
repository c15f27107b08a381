"""Policies by place, in dated versions: a published one is never changed. Trials of drafts."""

import django.db.models.deletion
from django.db import migrations, models

from itops.database.recording import recorded


STAYS = """
CREATE FUNCTION inventory_policy_stays() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'UPDATE' AND OLD.withdrawn_on IS NULL
        AND to_jsonb(NEW) - '{withdrawn_on,withdrawn_by}'::text[]
            = to_jsonb(OLD) - '{withdrawn_on,withdrawn_by}'::text[] THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'policy % is published and is not changed', OLD.version
        USING ERRCODE = 'check_violation', CONSTRAINT = 'policy_stays';
END $$;
CREATE TRIGGER policy_stays BEFORE UPDATE OR DELETE ON inventory_policyversion
    FOR EACH ROW WHEN (OLD.published_on IS NOT NULL) EXECUTE FUNCTION inventory_policy_stays();
"""
GOES = """
DROP TRIGGER policy_stays ON inventory_policyversion;
DROP FUNCTION inventory_policy_stays();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0012_places_of_what_hangs_on'),
        ('organisation', '0009_places_by_name'),
    ]

    operations = [
        migrations.AlterField(
            model_name='mark',
            name='policy',
            field=models.CharField(max_length=64),
        ),
        migrations.AlterField(
            model_name='standing',
            name='policy',
            field=models.CharField(max_length=64),
        ),
        migrations.CreateModel(
            name='PolicyVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(blank=True, max_length=20, verbose_name='version')),
                ('in_force_on', models.DateField(verbose_name='in force from')),
                ('settings', models.JSONField(default=dict, verbose_name='settings')),
                ('reason', models.CharField(max_length=300, verbose_name='reason')),
                ('author', models.CharField(max_length=60, verbose_name='author')),
                ('created', models.DateTimeField(auto_now_add=True, verbose_name='created')),
                ('published_on', models.DateField(blank=True, null=True, verbose_name='published')),
                ('published_by', models.CharField(blank=True, max_length=60, verbose_name='published by')),
                ('withdrawn_on', models.DateField(blank=True, null=True, verbose_name='withdrawn')),
                ('withdrawn_by', models.CharField(blank=True, max_length=60, verbose_name='withdrawn by')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'policy',
                'verbose_name_plural': 'policies',
                'ordering': ['-in_force_on', '-pk'],
                'permissions': [('publish_policyversion', 'Can publish policy')],
            },
        ),
        migrations.CreateModel(
            name='PolicyTrial',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('day', models.DateField()),
                ('state', models.CharField(choices=[('running', 'running'), ('done', 'done'), ('failed', 'broken off')], default='running', max_length=10)),
                ('by', models.CharField(max_length=60)),
                ('asked', models.DateTimeField(auto_now_add=True)),
                ('finished', models.DateTimeField(null=True)),
                ('done', models.PositiveIntegerField(default=0)),
                ('total', models.PositiveIntegerField(default=0)),
                ('policy', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='trials', to='inventory.policyversion')),
            ],
            options={
                'ordering': ['-asked', '-pk'],
                'default_permissions': (),
            },
        ),
        migrations.CreateModel(
            name='TrialChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('computer', 'Computer'), ('conference_room', 'Conference room'), ('notice_board', 'Notice board'), ('network_link', 'Network link'), ('network_device', 'Network device'), ('server', 'Server'), ('ups', 'UPS'), ('printer', 'Printer'), ('video_endpoint', 'Video endpoint'), ('camera', 'Camera'), ('display', 'Display'), ('machine_room', 'Machine-room installation'), ('business_system', 'Business system')], max_length=20)),
                ('mark', models.CharField(choices=[('missing', 'missing'), ('outdated', 'outdated'), ('unused', 'unused')], max_length=10)),
                ('before', models.CharField(choices=[('marked', 'marked'), ('clear', 'in order'), ('waived', 'waived'), ('unknown', 'cannot tell')], max_length=8)),
                ('after', models.CharField(choices=[('marked', 'marked'), ('clear', 'in order'), ('waived', 'waived'), ('unknown', 'cannot tell')], max_length=8)),
                ('asset', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='inventory.asset')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='organisation.place')),
                ('trial', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='inventory.policytrial')),
            ],
            options={
                'ordering': ['pk'],
                'default_permissions': (),
            },
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=models.UniqueConstraint(condition=models.Q(('version', ''), _negated=True), fields=('version',), name='policy_version_once'),
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=models.UniqueConstraint(condition=models.Q(('published_on__isnull', False), ('withdrawn_on', None)), fields=('place', 'in_force_on'), name='policy_one_start_a_day'),
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=models.CheckConstraint(condition=models.Q(('published_on', None), ('published_on__lte', models.F('in_force_on')), _connector='OR'), name='policy_published_before_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='policyversion',
            constraint=models.CheckConstraint(condition=models.Q(('withdrawn_on', None), ('withdrawn_on__lt', models.F('in_force_on')), _connector='OR'), name='policy_withdrawn_before_it_starts'),
        ),
        migrations.RunSQL(STAYS, GOES),
        recorded("inventory.policyversion", place="r.place_id"),
    ]
