"""Let the database refuse changes of observations; keep claims and their kind beside a belief."""

from django.db import migrations, models

FORWARD = """
CREATE FUNCTION evidence_refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        -- erasing a person on request is the one way out; the service that does it says so for its transaction
        IF current_setting('assay.erasing', true) = 'on' THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'an observation is retracted, never deleted'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    -- a merge hands a person's observations over to the row that stays, within one organisation; nothing else moves
    IF (to_jsonb(NEW) - 'person_id') IS DISTINCT FROM (to_jsonb(OLD) - 'person_id') THEN
        RAISE EXCEPTION 'an observation is never changed'
            USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER evidence_observation_no_change BEFORE UPDATE OR DELETE ON evidence_observation
    FOR EACH ROW EXECUTE FUNCTION evidence_refuse_change();
"""

BACKWARD = """
DROP TRIGGER evidence_observation_no_change ON evidence_observation;
DROP FUNCTION evidence_refuse_change();
"""


class Migration(migrations.Migration):
    """A trigger on observations and two columns on beliefs."""

    dependencies = [("evidence", "0002_corrections_with_anchors")]
    operations = [
        migrations.AddField("belief", "claims", models.BinaryField(default=b"")),
        migrations.AddField("belief", "is_measured", models.BooleanField(default=False)),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]
