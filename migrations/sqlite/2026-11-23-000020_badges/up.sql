-- Open Badges: keys of their own, and what of a badge is fixed when its certificate is issued.

-- A key that signs tokens never signs a badge, nor the other way round.
ALTER TABLE keys ADD COLUMN purpose TEXT NOT NULL DEFAULT 'token' CHECK (purpose IN ('token', 'badge'));
DROP INDEX keys_one_active;
DROP INDEX keys_one_next;
CREATE UNIQUE INDEX keys_one_active ON keys (purpose, algorithm) WHERE state = 'active';
CREATE UNIQUE INDEX keys_one_next ON keys (purpose, algorithm) WHERE state = 'next';

-- The place in a status list is random, so that it tells nothing about when and to whom a badge was given.
CREATE TABLE badges (
    certificate_id  TEXT PRIMARY KEY REFERENCES certificates (id),
    list            BIGINT NOT NULL CHECK (list >= 1),
    place           BIGINT NOT NULL CHECK (place >= 0 AND place < 131072),
    language        TEXT NOT NULL,
    salt            TEXT NOT NULL,
    identity_hash   TEXT NOT NULL,
    wording         TEXT NOT NULL,
    made_at         BIGINT NOT NULL,
    UNIQUE (list, place)
);

CREATE INDEX certificates_revoked ON certificates (id) WHERE state = 'revoked';
