"""Requests of townships, with what the county answered."""

import django.db.models.deletion
from django.db import migrations, models

from itops.database.recording import recorded


class Migration(migrations.Migration):

    dependencies = [
        ('inventory', '0018_assets_of_systems_hold'),
        ('organisation', '0009_places_by_name'),
    ]

    operations = [
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort', models.CharField(choices=[('fault', 'fault'), ('need', 'need'), ('suggestion', 'suggestion')], max_length=10, verbose_name='request')),
                ('kind', models.CharField(blank=True, choices=[('computer', 'Computer'), ('conference_room', 'Conference room'), ('notice_board', 'Notice board'), ('network_link', 'Network link'), ('network_device', 'Network device'), ('server', 'Server'), ('ups', 'UPS'), ('printer', 'Printer'), ('video_endpoint', 'Video endpoint'), ('camera', 'Camera'), ('display', 'Display'), ('machine_room', 'Machine-room installation'), ('business_system', 'Business system')], max_length=20, verbose_name='kind')),
                ('quantity', models.PositiveSmallIntegerField(default=1, verbose_name='number')),
                ('text', models.CharField(max_length=500, verbose_name='what is the matter')),
                ('sent_on', models.DateTimeField(auto_now_add=True, verbose_name='sent')),
                ('sent_by', models.CharField(blank=True, editable=False, max_length=60, verbose_name='sent by')),
                ('state', models.CharField(choices=[('open', 'open'), ('accepted', 'accepted'), ('declined', 'declined'), ('done', 'done')], default='open', max_length=10, verbose_name='state')),
                ('answer', models.CharField(blank=True, max_length=500, verbose_name='answer')),
                ('answered_on', models.DateField(blank=True, editable=False, null=True, verbose_name='answered')),
                ('answered_by', models.CharField(blank=True, editable=False, max_length=60, verbose_name='answered by')),
                ('asset', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='inventory.asset', verbose_name='asset')),
                ('place', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='organisation.place', verbose_name='place')),
            ],
            options={
                'verbose_name': 'request',
                'verbose_name_plural': 'requests',
                'ordering': ['-sent_on', '-pk'],
                'indexes': [models.Index(condition=models.Q(('state', 'open'), ('state', 'accepted'), _connector='OR'), fields=['place'], name='request_standing')],
                'constraints': [models.CheckConstraint(condition=models.Q(('quantity__gte', 1), ('quantity__lte', 200)), name='request_quantity', violation_error_message='From 1 to 200.'), models.CheckConstraint(condition=models.Q(('sort', 'suggestion'), models.Q(('kind', ''), _negated=True), _connector='OR'), name='request_of_a_kind', violation_error_message='Say which asset or which kind it is about.'), models.CheckConstraint(condition=models.Q(('state', 'open'), models.Q(('answer', ''), _negated=True), _connector='OR'), name='request_answered_with_reason', violation_error_message='An answer says why.')],
            },
        ),
        recorded("inventory.request", place="r.place_id"),
    ]
