from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('line', '0003_book'),
    ]

    operations = [
        migrations.AddField(
            model_name='heldfile',
            name='lacking',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='heldfile',
            name='their_held',
            field=models.BinaryField(null=True),
        ),
        migrations.AddIndex(
            model_name='heldfile',
            index=models.Index(condition=models.Q(('lacking', True)), fields=['root'], name='file_lacking'),
        ),
        migrations.AddIndex(
            model_name='heldfile',
            index=models.Index(condition=models.Q(('their_held__isnull', False)), fields=['root'], name='file_asked'),
        ),
    ]
