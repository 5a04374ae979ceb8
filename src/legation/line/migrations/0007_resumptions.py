from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('line', '0006_look_up_by_leaf'),
    ]

    operations = [
        migrations.AddField(
            model_name='log',
            name='resumptions',
            field=models.TextField(blank=True, default=''),
            preserve_default=False,
        ),
    ]
