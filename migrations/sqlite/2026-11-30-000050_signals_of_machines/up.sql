-- A service account loses the last that it holds for a role, or a server what it got for a token of another client (an owner takes
-- their consent back; an admin removes it, hands it over, names it anew, or takes a role or a tool from it): receivers hear of it,
-- once, however many tokens lived. What ends with its family is told of with that.
CREATE TRIGGER tokens_signal_ended AFTER UPDATE OF revoked_at ON tokens
WHEN (NEW.service OR NEW.act IS NOT NULL) AND OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL
BEGIN
    INSERT INTO signals (kind, subject_id, person_id, client_id, role_id, at)
    SELECT 'tool', w.subject_id, w.person_id, NEW.client_id, NEW.role_id, habilis_at()
    FROM (SELECT COALESCE(a.account, '') AS account, COALESCE(a.account, CASE WHEN NEW.service THEN NEW.client_id ELSE NEW.id END) AS subject_id,
                 CASE WHEN a.account IS NULL AND NOT NEW.service THEN NEW.person_id END AS person_id
          FROM (SELECT MIN(o.client_id) AS account FROM token_subjects s JOIN tokens o ON o.id = s.subject_id
                WHERE s.token_id = NEW.id AND o.service AND o.client_id <> NEW.client_id) a) w
    WHERE EXISTS (SELECT 1 FROM signal_streams WHERE status <> 'disabled')
    AND NOT EXISTS (SELECT 1 FROM authorizations f WHERE f.id = NEW.authorization_id AND f.ended_at IS NOT NULL)
    AND NOT EXISTS (SELECT 1 FROM tokens o WHERE o.client_id = NEW.client_id AND o.role_id = NEW.role_id AND o.service
                    AND NEW.service AND o.revoked_at IS NULL AND o.expires_at > habilis_at())
    AND NOT EXISTS (SELECT 1 FROM tokens o WHERE o.client_id = NEW.client_id AND o.role_id = NEW.role_id AND o.act IS NOT NULL
                    AND NEW.act IS NOT NULL AND o.person_id = NEW.person_id AND o.revoked_at IS NULL AND o.expires_at > habilis_at()
                    AND COALESCE(o.authorization_id, '') = COALESCE(NEW.authorization_id, '')
                    AND COALESCE((SELECT MIN(b.client_id) FROM token_subjects x JOIN tokens b ON b.id = x.subject_id
                                  WHERE x.token_id = o.id AND b.service AND b.client_id <> o.client_id), '') = w.account)
    AND NOT EXISTS (SELECT 1 FROM signals s WHERE s.kind = 'tool' AND s.client_id = NEW.client_id AND s.role_id = NEW.role_id
                    AND COALESCE(s.person_id, s.subject_id) = COALESCE(w.person_id, w.subject_id) AND s.at = habilis_at());
END;

-- What came of a token that was exchanged is found from that token, and what a client holds of its own by the client.
CREATE INDEX tokens_by_acting ON tokens (client_id, role_id) WHERE act IS NOT NULL;
CREATE INDEX token_subjects_by_subject ON token_subjects (subject_id);
