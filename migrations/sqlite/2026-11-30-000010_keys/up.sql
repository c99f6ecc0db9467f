-- Keys of Ed25519, for the warehouses that ask for them; and what a client proves itself with, remembered like tokens are.

-- SQLite changes no CHECK of a table that is there. The keys leave for a moment and come back into the same table, made anew:
-- what refers to them is held against them when this migration commits.
PRAGMA defer_foreign_keys = ON;
CREATE TEMPORARY TABLE kept_keys AS SELECT * FROM keys;
DROP TABLE keys;
CREATE TABLE keys (
    kid             TEXT PRIMARY KEY,
    purpose         TEXT NOT NULL CHECK (purpose IN ('token', 'badge')),
    algorithm       TEXT NOT NULL CHECK (algorithm IN ('ES256', 'RS256', 'EdDSA')),
    state           TEXT NOT NULL CHECK (state IN ('next', 'active', 'retiring', 'gone')),
    public_jwk      TEXT NOT NULL,
    sealed          BLOB,
    created_at      BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL
);
INSERT INTO keys (kid, purpose, algorithm, state, public_jwk, sealed, created_at, changed_at)
SELECT kid, purpose, algorithm, state, public_jwk, sealed, created_at, changed_at FROM kept_keys;
DROP TABLE kept_keys;
CREATE UNIQUE INDEX keys_one_active ON keys (purpose, algorithm) WHERE state = 'active';
CREATE UNIQUE INDEX keys_one_next ON keys (purpose, algorithm) WHERE state = 'next';
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

-- Secrets of clients: one that was ended proves nothing any more.
CREATE TRIGGER client_secrets_standing_update AFTER UPDATE OF client_id, hash, ended_at ON client_secrets
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('client:' || OLD.client_id, habilis_at());
END;
CREATE TRIGGER client_secrets_standing_delete AFTER DELETE ON client_secrets
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('client:' || OLD.client_id, habilis_at());
END;
