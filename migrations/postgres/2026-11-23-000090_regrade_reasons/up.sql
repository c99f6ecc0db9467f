-- The words for a correction stand beside it, where they can lose what names a person; the correction itself never changes.
CREATE TABLE regrade_reasons (
    regrade_id      TEXT PRIMARY KEY REFERENCES regrades (id),
    reason          TEXT NOT NULL
);

-- Corrections from before, and their lines in the log: the words move, once.
INSERT INTO regrade_reasons (regrade_id, reason) SELECT id, reason FROM regrades;
ALTER TABLE regrades DISABLE TRIGGER regrades_append_only;
UPDATE regrades SET reason = '';
ALTER TABLE regrades ENABLE TRIGGER regrades_append_only;
ALTER TABLE events DISABLE TRIGGER events_append_only;
ALTER TABLE event_private DISABLE TRIGGER event_private_only_erased;
INSERT INTO event_private (event_id, texts)
SELECT id, jsonb_build_object('reason', data::jsonb -> 'reason')::text FROM events
WHERE kind = 'regrade.applied' AND data::jsonb ->> 'reason' IS NOT NULL
ON CONFLICT (event_id) DO UPDATE SET texts = excluded.texts;
UPDATE events SET data = (data::jsonb - 'reason')::text
WHERE kind = 'regrade.applied' AND data::jsonb ->> 'reason' IS NOT NULL;
ALTER TABLE event_private ENABLE TRIGGER event_private_only_erased;
ALTER TABLE events ENABLE TRIGGER events_append_only;

CREATE TRIGGER regrade_reasons_no_delete BEFORE DELETE ON regrade_reasons FOR EACH ROW
    EXECUTE FUNCTION habilis_refuse('erase a person instead');
CREATE TRIGGER regrade_reasons_no_truncate BEFORE TRUNCATE ON regrade_reasons FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('erase a person instead');
