-- What people say about a request beside deciding on it: a thread that those who may read the request read.
CREATE TABLE request_comments (
    id              TEXT PRIMARY KEY,
    request_id      TEXT NOT NULL REFERENCES requests (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    text            TEXT NOT NULL,
    at              BIGINT NOT NULL
);
CREATE INDEX request_comments_by_request ON request_comments (request_id, at);
CREATE INDEX request_comments_by_person ON request_comments (person_id, at);

-- Locks move along transitions, too: in force, then lifted, and never back.
INSERT INTO transitions (entity, from_state, to_state) VALUES
    ('lock', '', 'placed'),
    ('lock', 'placed', 'lifted');
CREATE TRIGGER locks_lifecycle BEFORE UPDATE OF lifted_at ON locks
    WHEN OLD.lifted_at IS NOT NULL OR NEW.lifted_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'lock: this change of state is not in transitions')
    WHERE NOT EXISTS (SELECT 1 FROM transitions WHERE entity = 'lock'
        AND from_state = CASE WHEN OLD.lifted_at IS NULL THEN 'placed' ELSE 'lifted' END
        AND to_state = CASE WHEN NEW.lifted_at IS NULL THEN 'placed' ELSE 'lifted' END);
END;
CREATE TRIGGER locks_first BEFORE INSERT ON locks WHEN NEW.lifted_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'lock: this is no first state');
END;
