-- How far the places outside have the log's checkpoints. A place is known by a hash of its address, which may hold a secret.
CREATE TABLE log_copies (
    place           TEXT PRIMARY KEY,
    label           TEXT NOT NULL,
    size            BIGINT NOT NULL DEFAULT 0,
    copied_at       BIGINT,
    failures        BIGINT NOT NULL DEFAULT 0,
    retry_at        BIGINT,
    last_error      TEXT
);
