-- The Merkle log over the events (RFC 9162): each event gets its position once, and the tree over them is signed.

-- What the log is called in its checkpoints, and how long it is.
CREATE TABLE log_state (
    id              BIGINT PRIMARY KEY CHECK (id = 1),
    origin          TEXT NOT NULL,
    size            BIGINT NOT NULL CHECK (size >= 0)
);

-- Events that have no position yet: noted by the database itself with the event, and gone with the position that they get. A
-- line becomes visible with its event, however late that is committed: none is passed over.
CREATE TABLE log_pending (
    seq             BIGINT PRIMARY KEY
);
INSERT INTO log_pending (seq) SELECT seq FROM events ORDER BY seq;
CREATE FUNCTION habilis_wait_for_the_log() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO log_pending (seq) VALUES (NEW.seq);
    RETURN NULL;
END $$;
CREATE TRIGGER events_wait_for_the_log AFTER INSERT ON events FOR EACH ROW EXECUTE FUNCTION habilis_wait_for_the_log();

-- Which event stands where, from 0 on without gaps.
CREATE TABLE log_leaves (
    position        BIGINT PRIMARY KEY CHECK (position >= 0),
    event_seq       BIGINT NOT NULL UNIQUE REFERENCES events (seq)
);

-- The tree in tiles of up to 256 hashes of 32 bytes. Those at the right edge grow.
CREATE TABLE log_tiles (
    level           BIGINT NOT NULL,
    place           BIGINT NOT NULL,
    hashes          BYTEA NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    PRIMARY KEY (level, place)
);
-- Hashes do not compress.
ALTER TABLE log_tiles ALTER COLUMN hashes SET STORAGE EXTERNAL;

-- The keys that sign checkpoints; one of them does.
CREATE TABLE log_keys (
    id              TEXT PRIMARY KEY,
    verifier        TEXT NOT NULL,
    sealed          BYTEA,
    made_at         BIGINT NOT NULL,
    retired_at      BIGINT
);
CREATE UNIQUE INDEX log_keys_one_signs ON log_keys ((retired_at IS NULL)) WHERE retired_at IS NULL;

-- Every checkpoint that was signed.
CREATE TABLE log_checkpoints (
    size            BIGINT PRIMARY KEY CHECK (size > 0),
    root            BYTEA NOT NULL CHECK (length(root) = 32),
    note            TEXT NOT NULL,
    at              BIGINT NOT NULL
);

CREATE TRIGGER log_leaves_append_only BEFORE UPDATE OR DELETE ON log_leaves FOR EACH ROW
    EXECUTE FUNCTION habilis_refuse('only grows');
CREATE TRIGGER log_leaves_no_truncate BEFORE TRUNCATE ON log_leaves FOR EACH STATEMENT EXECUTE FUNCTION habilis_refuse('only grows');
CREATE TRIGGER log_checkpoints_append_only BEFORE UPDATE OR DELETE ON log_checkpoints FOR EACH ROW
    EXECUTE FUNCTION habilis_refuse('only grows');
CREATE TRIGGER log_checkpoints_no_truncate BEFORE TRUNCATE ON log_checkpoints FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('only grows');
CREATE TRIGGER log_tiles_only_grow BEFORE UPDATE ON log_tiles FOR EACH ROW
    WHEN (NEW.level <> OLD.level OR NEW.place <> OLD.place
        OR substring(NEW.hashes FROM 1 FOR length(OLD.hashes)) <> OLD.hashes)
    EXECUTE FUNCTION habilis_refuse('only grows');
CREATE TRIGGER log_tiles_no_delete BEFORE DELETE ON log_tiles FOR EACH ROW EXECUTE FUNCTION habilis_refuse('only grows');
CREATE TRIGGER log_tiles_no_truncate BEFORE TRUNCATE ON log_tiles FOR EACH STATEMENT EXECUTE FUNCTION habilis_refuse('only grows');
CREATE TRIGGER log_state_only_grows BEFORE UPDATE ON log_state FOR EACH ROW
    WHEN (NEW.size < OLD.size OR NEW.origin <> OLD.origin) EXECUTE FUNCTION habilis_refuse('only grows');
CREATE TRIGGER log_state_no_delete BEFORE DELETE ON log_state FOR EACH ROW EXECUTE FUNCTION habilis_refuse('only grows');
CREATE TRIGGER log_state_no_truncate BEFORE TRUNCATE ON log_state FOR EACH STATEMENT EXECUTE FUNCTION habilis_refuse('only grows');

-- An event that waits for its position stays in wait until it has one.
CREATE FUNCTION habilis_no_loss() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM log_leaves WHERE event_seq = OLD.seq) THEN
        RAISE EXCEPTION 'an event leaves log_pending with its position' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN OLD;
END $$;
CREATE TRIGGER log_pending_no_loss BEFORE DELETE ON log_pending FOR EACH ROW EXECUTE FUNCTION habilis_no_loss();
CREATE TRIGGER log_pending_no_truncate BEFORE TRUNCATE ON log_pending FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('only grows');
