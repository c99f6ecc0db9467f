-- The words for a correction stand beside it, where they can lose what names a person; the correction itself never changes.
CREATE TABLE regrade_reasons (
    regrade_id      TEXT PRIMARY KEY REFERENCES regrades (id),
    reason          TEXT NOT NULL
);

-- Corrections from before, and their lines in the log: the words move, once.
INSERT INTO regrade_reasons (regrade_id, reason) SELECT id, reason FROM regrades;
DROP TRIGGER regrades_no_update;
UPDATE regrades SET reason = '';
CREATE TRIGGER regrades_no_update BEFORE UPDATE ON regrades
BEGIN
    SELECT RAISE(ABORT, 'regrades are append-only');
END;
DROP TRIGGER events_no_update;
DROP TRIGGER event_private_only_erased;
INSERT INTO event_private (event_id, texts)
SELECT id, json_object('reason', json_extract(data, '$.reason')) FROM events
WHERE kind = 'regrade.applied' AND json_extract(data, '$.reason') IS NOT NULL
ON CONFLICT (event_id) DO UPDATE SET texts = excluded.texts;
UPDATE events SET data = json_remove(data, '$.reason')
WHERE kind = 'regrade.applied' AND json_extract(data, '$.reason') IS NOT NULL;
CREATE TRIGGER event_private_only_erased BEFORE UPDATE ON event_private
    WHEN NEW.erased_at IS NULL OR NEW.event_id IS NOT OLD.event_id
        OR NOT ((NEW.address IS OLD.address AND NEW.address_salt IS OLD.address_salt)
            OR (NEW.address IS NULL AND NEW.address_salt IS NULL))
        OR NOT ((NEW.texts IS OLD.texts AND NEW.texts_salt IS OLD.texts_salt) OR NEW.texts_salt IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'event_private: erase a person instead');
END;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;

CREATE TRIGGER regrade_reasons_no_delete BEFORE DELETE ON regrade_reasons
BEGIN
    SELECT RAISE(ABORT, 'regrade_reasons: erase a person instead');
END;
