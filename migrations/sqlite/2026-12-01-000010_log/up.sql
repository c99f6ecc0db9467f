-- The Merkle log over the events (RFC 9162): each event gets its position once, and the tree over them is signed.

-- What the log is called in its checkpoints, and how long it is.
CREATE TABLE log_state (
    id              BIGINT PRIMARY KEY CHECK (id = 1),
    origin          TEXT NOT NULL,
    size            BIGINT NOT NULL CHECK (size >= 0)
);

-- Events that have no position yet: noted by the database itself with the event, and gone with the position that they get.
CREATE TABLE log_pending (
    seq             INTEGER PRIMARY KEY
);
INSERT INTO log_pending (seq) SELECT seq FROM events ORDER BY seq;
CREATE TRIGGER events_wait_for_the_log AFTER INSERT ON events
BEGIN
    INSERT INTO log_pending (seq) VALUES (NEW.seq);
END;

-- Which event stands where, from 0 on without gaps.
CREATE TABLE log_leaves (
    position        INTEGER PRIMARY KEY CHECK (position >= 0),
    event_seq       BIGINT NOT NULL UNIQUE REFERENCES events (seq)
);

-- The tree in tiles of up to 256 hashes of 32 bytes. Those at the right edge grow.
CREATE TABLE log_tiles (
    level           BIGINT NOT NULL,
    place           BIGINT NOT NULL,
    hashes          BLOB NOT NULL CHECK (length(hashes) BETWEEN 32 AND 8192 AND length(hashes) % 32 = 0),
    PRIMARY KEY (level, place)
);

-- The keys that sign checkpoints; one of them does.
CREATE TABLE log_keys (
    id              TEXT PRIMARY KEY,
    verifier        TEXT NOT NULL,
    sealed          BLOB,
    made_at         BIGINT NOT NULL,
    retired_at      BIGINT
);
CREATE UNIQUE INDEX log_keys_one_signs ON log_keys ((retired_at IS NULL)) WHERE retired_at IS NULL;

-- Every checkpoint that was signed.
CREATE TABLE log_checkpoints (
    size            INTEGER PRIMARY KEY CHECK (size > 0),
    root            BLOB NOT NULL CHECK (length(root) = 32),
    note            TEXT NOT NULL,
    at              BIGINT NOT NULL
);

CREATE TRIGGER log_leaves_no_update BEFORE UPDATE ON log_leaves
BEGIN
    SELECT RAISE(ABORT, 'log_leaves are append-only');
END;
CREATE TRIGGER log_leaves_no_delete BEFORE DELETE ON log_leaves
BEGIN
    SELECT RAISE(ABORT, 'log_leaves are append-only');
END;
CREATE TRIGGER log_checkpoints_no_update BEFORE UPDATE ON log_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'log_checkpoints are append-only');
END;
CREATE TRIGGER log_checkpoints_no_delete BEFORE DELETE ON log_checkpoints
BEGIN
    SELECT RAISE(ABORT, 'log_checkpoints are append-only');
END;
CREATE TRIGGER log_tiles_only_grow BEFORE UPDATE ON log_tiles
WHEN NEW.level <> OLD.level OR NEW.place <> OLD.place OR substr(NEW.hashes, 1, length(OLD.hashes)) <> OLD.hashes
BEGIN
    SELECT RAISE(ABORT, 'log_tiles only grow');
END;
CREATE TRIGGER log_tiles_no_delete BEFORE DELETE ON log_tiles
BEGIN
    SELECT RAISE(ABORT, 'log_tiles only grow');
END;
CREATE TRIGGER log_state_only_grows BEFORE UPDATE ON log_state WHEN NEW.size < OLD.size OR NEW.origin <> OLD.origin
BEGIN
    SELECT RAISE(ABORT, 'log_state only grows');
END;
CREATE TRIGGER log_state_no_delete BEFORE DELETE ON log_state
BEGIN
    SELECT RAISE(ABORT, 'log_state only grows');
END;
-- An event that waits for its position stays in wait until it has one.
CREATE TRIGGER log_pending_no_loss BEFORE DELETE ON log_pending
WHEN NOT EXISTS (SELECT 1 FROM log_leaves WHERE event_seq = OLD.seq)
BEGIN
    SELECT RAISE(ABORT, 'an event leaves log_pending with its position');
END;
