-- Holders who were told that a grant ends because nobody uses it: since when it had not been used then. A use in between makes
-- the line worth nothing.
CREATE TABLE unused_warnings (
    grant_id        TEXT PRIMARY KEY REFERENCES grants (id),
    counted_from    BIGINT NOT NULL,
    warned_at       BIGINT NOT NULL
);
