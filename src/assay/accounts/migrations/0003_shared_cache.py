"""Make the table of the shared cache, so that rate limits count over all web processes."""

from django.db import migrations

FORWARD = """
CREATE TABLE shared_cache (
    cache_key varchar(255) NOT NULL PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX shared_cache_expires ON shared_cache (expires);
"""


class Migration(migrations.Migration):
    """The columns are those that Django's database cache expects."""

    dependencies = [("accounts", "0002_invitations_and_links")]
    operations = [migrations.RunSQL(FORWARD, "DROP TABLE shared_cache")]
