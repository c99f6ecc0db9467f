-- When a grant was ended before it began. Its end cannot lie before its start, so that `ends_at` alone would say that it is still to
-- come until then; it is over at withdrawn_at where there is one, and at ends_at where there is none. What was withdrawn stays so.
ALTER TABLE grants ADD COLUMN withdrawn_at BIGINT CHECK (withdrawn_at IS NULL OR withdrawn_at < starts_at);
CREATE TRIGGER grants_withdrawn BEFORE UPDATE OF withdrawn_at ON grants FOR EACH ROW
    WHEN (OLD.withdrawn_at IS NOT NULL AND NEW.withdrawn_at IS DISTINCT FROM OLD.withdrawn_at)
    EXECUTE FUNCTION habilis_refuse('this was withdrawn');
-- Those that are there already: the history has the instant.
UPDATE grants SET withdrawn_at = (SELECT MIN(c.at) FROM state_changes c WHERE c.subject_id = grants.id AND c.to_state = 'ended')
WHERE state = 'ended' AND ends_at = starts_at AND EXISTS (SELECT 1 FROM state_changes c
    WHERE c.subject_id = grants.id AND c.to_state = 'ended' AND c.at < grants.starts_at);
