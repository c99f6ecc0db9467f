-- The authorization server: tools that fetch tokens for people, what people allowed them, and what they hold.

-- A tool. Lists are JSON arrays; no roles means every role.
CREATE TABLE clients (
    id              TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('public', 'confidential')),
    redirect_uris   TEXT NOT NULL,
    post_logout_uris TEXT NOT NULL,
    grant_types     TEXT NOT NULL,
    roles           TEXT,
    first_party     BOOLEAN NOT NULL DEFAULT FALSE,
    -- Who answers for a service account; none for a tool that acts for whoever uses it.
    owner_id        TEXT REFERENCES persons (id),
    state           TEXT NOT NULL CHECK (state IN ('active', 'removed')),
    created_at      BIGINT NOT NULL,
    created_by      TEXT NOT NULL,
    removed_at      BIGINT,
    removed_by      TEXT
);
-- The house's own command line: a native app (RFC 8252) that listens on a loopback address, whatever its port.
INSERT INTO clients (id, name, kind, redirect_uris, post_logout_uris, grant_types, roles, first_party, state, created_at, created_by)
VALUES ('habilis-cli', 'Habilis command line', 'public', '["http://127.0.0.1/callback","http://[::1]/callback"]', '[]',
    '["authorization_code","refresh_token"]', NULL, TRUE, 'active', 0, 'system:migration');

-- Only hashes of secrets; at most two of a client live, so that one can be rotated while the other works.
CREATE TABLE client_secrets (
    id              TEXT PRIMARY KEY,
    client_id       TEXT NOT NULL REFERENCES clients (id),
    hash            TEXT NOT NULL UNIQUE,
    created_at      BIGINT NOT NULL,
    ended_at        BIGINT
);
CREATE INDEX client_secrets_by_client ON client_secrets (client_id, created_at);

-- What a person allowed a tool, remembered until they disconnect it.
CREATE TABLE consents (
    person_id       TEXT NOT NULL REFERENCES persons (id),
    client_id       TEXT NOT NULL REFERENCES clients (id),
    scope           TEXT NOT NULL,
    given_at        BIGINT NOT NULL,
    PRIMARY KEY (person_id, client_id, scope)
);

-- One sign-in of a person to a tool: the family of everything that was issued for it. It ends once, for all of them.
CREATE TABLE authorizations (
    id              TEXT PRIMARY KEY,
    client_id       TEXT NOT NULL REFERENCES clients (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    session_id      TEXT REFERENCES sessions (id),
    scope           TEXT NOT NULL,
    role_id         TEXT REFERENCES roles (id),
    resource        TEXT,
    auth_at         BIGINT NOT NULL,
    nonce           TEXT,
    created_at      BIGINT NOT NULL,
    used_at         BIGINT,
    ended_at        BIGINT,
    ended_reason    TEXT
);
CREATE INDEX authorizations_by_person ON authorizations (person_id, client_id);
CREATE INDEX authorizations_live_by_client ON authorizations (client_id) WHERE ended_at IS NULL;
CREATE INDEX authorizations_live_by_session ON authorizations (session_id) WHERE ended_at IS NULL;

CREATE TABLE authorization_codes (
    hash            TEXT PRIMARY KEY,
    authorization_id TEXT NOT NULL REFERENCES authorizations (id),
    challenge       TEXT NOT NULL,
    redirect_uri    TEXT NOT NULL,
    expires_at      BIGINT NOT NULL,
    redeemed_at     BIGINT
);
CREATE INDEX authorization_codes_by_end ON authorization_codes (expires_at);
CREATE INDEX authorization_codes_by_authorization ON authorization_codes (authorization_id);

-- A chain of tokens, each used once: next_hash is what it was exchanged for; replaced_at says that its holder never used it
-- and was given another one in its place.
CREATE TABLE refresh_tokens (
    hash            TEXT PRIMARY KEY,
    authorization_id TEXT NOT NULL REFERENCES authorizations (id),
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    rotated_at      BIGINT,
    next_hash       TEXT,
    replaced_at     BIGINT
);
CREATE INDEX refresh_tokens_by_authorization ON refresh_tokens (authorization_id);
CREATE INDEX refresh_tokens_by_end ON refresh_tokens (expires_at);

-- Access tokens that open nothing but the userinfo endpoint: they hang on no grant.
CREATE TABLE identity_tokens (
    id              TEXT PRIMARY KEY,
    authorization_id TEXT NOT NULL REFERENCES authorizations (id),
    kid             TEXT NOT NULL REFERENCES keys (kid),
    issued_at       BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    revoked_at      BIGINT,
    address         TEXT NOT NULL
);
CREATE INDEX identity_tokens_by_authorization ON identity_tokens (authorization_id);

-- What a tool asked for while the person still lacked the role: the way back to the tool once it is earned.
CREATE TABLE kept_requests (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES persons (id),
    client_id       TEXT NOT NULL REFERENCES clients (id),
    role_id         TEXT NOT NULL,
    query           TEXT NOT NULL,
    at              BIGINT NOT NULL,
    UNIQUE (person_id, client_id, role_id)
);

ALTER TABLE tokens ADD COLUMN authorization_id TEXT REFERENCES authorizations (id);
ALTER TABLE tokens ADD COLUMN revoked_at BIGINT;
CREATE INDEX tokens_by_authorization ON tokens (authorization_id) WHERE authorization_id IS NOT NULL;
