-- What a verdict on a token rests on, as it changes: a line for every row that could turn a yes into a no, written by the
-- database itself in the transaction of the change. Replicas follow it by its position (`src/tokens/memory`); a day later
-- it is swept away. The log says what happened; this says only where to look again.
-- Transactions commit in another order than their lines are numbered, so the position is not a number of a line: a line
-- carries its transaction, and whoever follows reads again from the oldest transaction that was under way.
CREATE TABLE standing_changes (
    seq             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    xact            BIGINT NOT NULL DEFAULT (pg_current_xact_id()::text::bigint),
    subject         TEXT NOT NULL,
    -- The instant of the change, by the clock of whoever made it.
    at              BIGINT NOT NULL,
    -- By the database's own clock, for the sweep.
    noted_at        BIGINT NOT NULL DEFAULT ((EXTRACT(EPOCH FROM clock_timestamp()) * 1000000)::BIGINT)
);
CREATE INDEX standing_changes_by_transaction ON standing_changes (xact);
CREATE INDEX standing_changes_by_age ON standing_changes (noted_at);

-- The arguments: what stands before the name, and the column that holds it; none for a lock, whose kind stands before it.
CREATE FUNCTION habilis_standing() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    was TEXT;
    is_now TEXT;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        was := COALESCE(TG_ARGV[0], to_jsonb(OLD) ->> 'kind') || ':' || (to_jsonb(OLD) ->> COALESCE(TG_ARGV[1], 'subject_id'));
        INSERT INTO standing_changes (subject, at) VALUES (was, habilis_at());
    END IF;
    IF TG_OP <> 'DELETE' THEN
        is_now := COALESCE(TG_ARGV[0], to_jsonb(NEW) ->> 'kind') || ':' || (to_jsonb(NEW) ->> COALESCE(TG_ARGV[1], 'subject_id'));
        IF is_now IS DISTINCT FROM was THEN
            INSERT INTO standing_changes (subject, at) VALUES (is_now, habilis_at());
        END IF;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER tokens_standing AFTER UPDATE OF revoked_at, expires_at, kid, grant_id, person_id, session_id, client_id, authorization_id OR DELETE ON tokens FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('token', 'id');
CREATE TRIGGER identity_tokens_standing AFTER UPDATE OF revoked_at, expires_at, kid, authorization_id OR DELETE ON identity_tokens FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('token', 'id');
CREATE TRIGGER authorizations_standing AFTER UPDATE OF ended_at, client_id, person_id, session_id OR DELETE ON authorizations FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('family', 'id');
CREATE TRIGGER sessions_standing AFTER UPDATE OF ended_at OR DELETE ON sessions FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('session', 'id');
CREATE TRIGGER clients_standing AFTER UPDATE OF state OR DELETE ON clients FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('client', 'id');
CREATE TRIGGER persons_standing AFTER UPDATE OF state OR DELETE ON persons FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('person', 'id');
CREATE TRIGGER disabled_periods_standing AFTER INSERT OR UPDATE OR DELETE ON disabled_periods FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('person', 'person_id');
CREATE TRIGGER certificates_standing AFTER UPDATE OF person_id, certification_id, valid_from, ends_at OR DELETE ON certificates FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('person', 'person_id');
CREATE TRIGGER grants_standing AFTER UPDATE OF person_id, role_id, warehouse_id, policy_id, starts_at, ends_at OR DELETE ON grants FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('grant', 'id');
CREATE TRIGGER locks_standing AFTER INSERT OR UPDATE OF kind, subject_id, placed_at, lifted_at OR DELETE ON locks FOR EACH ROW
    EXECUTE FUNCTION habilis_standing();
CREATE TRIGGER policy_clauses_standing AFTER INSERT OR UPDATE OR DELETE ON policy_clauses FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('policy', 'policy_id');
CREATE TRIGGER keys_standing AFTER INSERT OR UPDATE OF state OR DELETE ON keys FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('key', 'kid');
-- Nobody empties a table past the triggers.
CREATE TRIGGER tokens_standing_truncate BEFORE TRUNCATE ON tokens FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER identity_tokens_standing_truncate BEFORE TRUNCATE ON identity_tokens FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER authorizations_standing_truncate BEFORE TRUNCATE ON authorizations FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER sessions_standing_truncate BEFORE TRUNCATE ON sessions FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER clients_standing_truncate BEFORE TRUNCATE ON clients FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER persons_standing_truncate BEFORE TRUNCATE ON persons FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER disabled_periods_standing_truncate BEFORE TRUNCATE ON disabled_periods FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER certificates_standing_truncate BEFORE TRUNCATE ON certificates FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER grants_standing_truncate BEFORE TRUNCATE ON grants FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER locks_standing_truncate BEFORE TRUNCATE ON locks FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER policy_clauses_standing_truncate BEFORE TRUNCATE ON policy_clauses FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER keys_standing_truncate BEFORE TRUNCATE ON keys FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');

-- The place of an access token in a status list (draft-ietf-oauth-status-list): drawn at random, so that it tells nothing about
-- when and for whom it was made. A list is for the tokens that end in one hour: its number is that hour since the epoch,
-- times a thousand, and further ones of the same hour follow. Tokens from before have no place.
ALTER TABLE tokens ADD COLUMN status_list BIGINT;
ALTER TABLE tokens ADD COLUMN status_place BIGINT;
CREATE UNIQUE INDEX tokens_status ON tokens (status_list, status_place);
ALTER TABLE identity_tokens ADD COLUMN status_list BIGINT;
ALTER TABLE identity_tokens ADD COLUMN status_place BIGINT;
CREATE UNIQUE INDEX identity_tokens_status ON identity_tokens (status_list, status_place);
