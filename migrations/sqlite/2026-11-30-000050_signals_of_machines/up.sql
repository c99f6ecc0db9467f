-- A service account loses what it holds (it is removed, handed over, named anew, or its owner takes their consent back): receivers
-- hear of it, once for each role, however many tokens lived.
CREATE TRIGGER tokens_signal_ended AFTER UPDATE OF revoked_at ON tokens
WHEN NEW.service AND OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL
BEGIN
    INSERT INTO signals (kind, subject_id, client_id, role_id, at)
    SELECT 'tool', NEW.client_id, NEW.client_id, NEW.role_id, habilis_at()
    WHERE EXISTS (SELECT 1 FROM signal_streams WHERE status <> 'disabled')
    AND NOT EXISTS (SELECT 1 FROM signals s WHERE s.kind = 'tool' AND s.client_id = NEW.client_id
                    AND s.role_id = NEW.role_id AND s.person_id IS NULL AND s.at = habilis_at());
END;

-- What came of a token that was exchanged is found from that token.
CREATE INDEX token_subjects_by_subject ON token_subjects (subject_id);
