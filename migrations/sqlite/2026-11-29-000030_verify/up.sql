-- What a verdict on a token rests on, as it changes: a line for every row that could turn a yes into a no, written by the
-- database itself in the transaction of the change. Replicas follow it by its position (`src/tokens/memory`); a day later
-- it is swept away. The log says what happened; this says only where to look again.
-- SQLite has one writer: whoever sees a line sees every line before it.
CREATE TABLE standing_changes (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    subject         TEXT NOT NULL,
    -- The instant of the change, by the clock of whoever made it.
    at              BIGINT NOT NULL,
    -- By the database's own clock, for the sweep.
    noted_at        BIGINT NOT NULL DEFAULT (CAST(unixepoch('subsec') * 1000000 AS INTEGER))
);
CREATE INDEX standing_changes_by_age ON standing_changes (noted_at);

CREATE TRIGGER tokens_standing_update AFTER UPDATE OF revoked_at, expires_at, kid, grant_id, person_id, session_id, client_id, authorization_id ON tokens
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('token:' || NEW.id, habilis_at());
END;
CREATE TRIGGER tokens_standing_delete AFTER DELETE ON tokens
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('token:' || OLD.id, habilis_at());
END;
CREATE TRIGGER identity_tokens_standing_update AFTER UPDATE OF revoked_at, expires_at, kid, authorization_id ON identity_tokens
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('token:' || NEW.id, habilis_at());
END;
CREATE TRIGGER identity_tokens_standing_delete AFTER DELETE ON identity_tokens
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('token:' || OLD.id, habilis_at());
END;
CREATE TRIGGER authorizations_standing_update AFTER UPDATE OF ended_at, client_id, person_id, session_id ON authorizations
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('family:' || NEW.id, habilis_at());
END;
CREATE TRIGGER authorizations_standing_delete AFTER DELETE ON authorizations
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('family:' || OLD.id, habilis_at());
END;
CREATE TRIGGER sessions_standing_update AFTER UPDATE OF ended_at ON sessions
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('session:' || NEW.id, habilis_at());
END;
CREATE TRIGGER sessions_standing_delete AFTER DELETE ON sessions
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('session:' || OLD.id, habilis_at());
END;
CREATE TRIGGER clients_standing_update AFTER UPDATE OF state ON clients
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('client:' || NEW.id, habilis_at());
END;
CREATE TRIGGER clients_standing_delete AFTER DELETE ON clients
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('client:' || OLD.id, habilis_at());
END;
CREATE TRIGGER persons_standing_update AFTER UPDATE OF state ON persons
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('person:' || NEW.id, habilis_at());
END;
CREATE TRIGGER persons_standing_delete AFTER DELETE ON persons
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('person:' || OLD.id, habilis_at());
END;
CREATE TRIGGER disabled_periods_standing_insert AFTER INSERT ON disabled_periods
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('person:' || NEW.person_id, habilis_at());
END;
CREATE TRIGGER disabled_periods_standing_update AFTER UPDATE ON disabled_periods
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('person:' || NEW.person_id, habilis_at());
    INSERT INTO standing_changes (subject, at) SELECT 'person:' || OLD.person_id, habilis_at() WHERE 'person:' || OLD.person_id <> 'person:' || NEW.person_id;
END;
CREATE TRIGGER disabled_periods_standing_delete AFTER DELETE ON disabled_periods
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('person:' || OLD.person_id, habilis_at());
END;
CREATE TRIGGER certificates_standing_update AFTER UPDATE OF person_id, certification_id, valid_from, ends_at ON certificates
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('person:' || NEW.person_id, habilis_at());
    INSERT INTO standing_changes (subject, at) SELECT 'person:' || OLD.person_id, habilis_at() WHERE 'person:' || OLD.person_id <> 'person:' || NEW.person_id;
END;
CREATE TRIGGER certificates_standing_delete AFTER DELETE ON certificates
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('person:' || OLD.person_id, habilis_at());
END;
CREATE TRIGGER grants_standing_update AFTER UPDATE OF person_id, role_id, warehouse_id, policy_id, starts_at, ends_at ON grants
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('grant:' || NEW.id, habilis_at());
END;
CREATE TRIGGER grants_standing_delete AFTER DELETE ON grants
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('grant:' || OLD.id, habilis_at());
END;
CREATE TRIGGER locks_standing_insert AFTER INSERT ON locks
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES (NEW.kind || ':' || NEW.subject_id, habilis_at());
END;
CREATE TRIGGER locks_standing_update AFTER UPDATE OF kind, subject_id, placed_at, lifted_at ON locks
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES (NEW.kind || ':' || NEW.subject_id, habilis_at());
    INSERT INTO standing_changes (subject, at) SELECT OLD.kind || ':' || OLD.subject_id, habilis_at() WHERE OLD.kind || ':' || OLD.subject_id <> NEW.kind || ':' || NEW.subject_id;
END;
CREATE TRIGGER locks_standing_delete AFTER DELETE ON locks
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES (OLD.kind || ':' || OLD.subject_id, habilis_at());
END;
CREATE TRIGGER policy_clauses_standing_insert AFTER INSERT ON policy_clauses
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('policy:' || NEW.policy_id, habilis_at());
END;
CREATE TRIGGER policy_clauses_standing_update AFTER UPDATE ON policy_clauses
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('policy:' || NEW.policy_id, habilis_at());
    INSERT INTO standing_changes (subject, at) SELECT 'policy:' || OLD.policy_id, habilis_at() WHERE 'policy:' || OLD.policy_id <> 'policy:' || NEW.policy_id;
END;
CREATE TRIGGER policy_clauses_standing_delete AFTER DELETE ON policy_clauses
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('policy:' || OLD.policy_id, habilis_at());
END;
CREATE TRIGGER keys_standing_insert AFTER INSERT ON keys
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('key:' || NEW.kid, habilis_at());
END;
CREATE TRIGGER keys_standing_update AFTER UPDATE OF state ON keys
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('key:' || NEW.kid, habilis_at());
END;
CREATE TRIGGER keys_standing_delete AFTER DELETE ON keys
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('key:' || OLD.kid, habilis_at());
END;

-- The place of an access token in a status list (draft-ietf-oauth-status-list): drawn at random, so that it tells nothing about
-- when and for whom it was made. A list is for the tokens that end in one hour: its number is that hour since the epoch,
-- times a thousand, and further ones of the same hour follow. Tokens from before have no place.
ALTER TABLE tokens ADD COLUMN status_list BIGINT;
ALTER TABLE tokens ADD COLUMN status_place BIGINT;
CREATE UNIQUE INDEX tokens_status ON tokens (status_list, status_place);
ALTER TABLE identity_tokens ADD COLUMN status_list BIGINT;
ALTER TABLE identity_tokens ADD COLUMN status_place BIGINT;
CREATE UNIQUE INDEX identity_tokens_status ON identity_tokens (status_list, status_place);
