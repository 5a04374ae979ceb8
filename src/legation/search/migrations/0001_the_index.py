from django.db import migrations, models

# Prefixes of one to three letters are kept ready: the first letters typed are the slowest to find.
WORDS = (
    "CREATE VIRTUAL TABLE search_words USING fts5("
    "head, body, detail=column, prefix='1 2 3', tokenize='unicode61 remove_diacritics 0')"
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Document',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=200, unique=True)),
                ('kind', models.CharField(max_length=80)),
                ('title', models.CharField(max_length=400)),
                ('said', models.CharField(blank=True, max_length=400)),
                ('page', models.CharField(max_length=60)),
                ('arg', models.CharField(max_length=200)),
                ('party', models.CharField(blank=True, max_length=3)),
                ('posts', models.TextField(blank=True)),
                ('writer', models.CharField(blank=True, max_length=40)),
                ('ours_only', models.BooleanField(default=False)),
                ('personal', models.BooleanField(default=False)),
            ],
            options={
                'ordering': ('-id',),
            },
        ),
        migrations.RunSQL(WORDS, "DROP TABLE search_words"),
    ]
