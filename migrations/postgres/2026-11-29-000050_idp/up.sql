-- Sign-in through identity providers: how people are known there, sign-ins under way, and sessions that began there.

-- A person, as a provider names them. An issuer's subject is one person's, and a person has one subject at an issuer.
CREATE TABLE identities (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES persons (id),
    provider_id     TEXT NOT NULL,
    issuer          TEXT NOT NULL,
    subject         TEXT NOT NULL,
    linked_at       BIGINT NOT NULL,
    used_at         BIGINT,
    ended_at        BIGINT
);
CREATE UNIQUE INDEX identities_by_subject ON identities (issuer, subject) WHERE ended_at IS NULL;
CREATE UNIQUE INDEX identities_by_person ON identities (person_id, issuer) WHERE ended_at IS NULL;

-- A sign-in that is under way at a provider: hashes only; nonce and verifier are made of the browser's secret. It is
-- deleted by whoever comes back with it. With a session, that session's person links an identity.
CREATE TABLE provider_sign_ins (
    state_hash      TEXT PRIMARY KEY,
    browser_hash    TEXT NOT NULL,
    provider_id     TEXT NOT NULL,
    next            TEXT NOT NULL,
    anew            BOOLEAN NOT NULL,
    session_id      TEXT REFERENCES sessions (id),
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL
);
CREATE INDEX provider_sign_ins_by_end ON provider_sign_ins (expires_at);

-- What a session has to do with the provider's own, for signing out on either side. The hint is the ID token, sealed.
CREATE TABLE provider_sessions (
    session_id      TEXT PRIMARY KEY REFERENCES sessions (id),
    identity_id     TEXT NOT NULL REFERENCES identities (id),
    provider_id     TEXT NOT NULL,
    issuer          TEXT NOT NULL,
    sid             TEXT,
    hint            BYTEA
);
CREATE INDEX provider_sessions_by_sid ON provider_sessions (issuer, sid);
CREATE INDEX provider_sessions_by_identity ON provider_sessions (identity_id);

-- Logout tokens that were used, until they have expired.
CREATE TABLE logout_tokens (
    issuer          TEXT NOT NULL,
    jti             TEXT NOT NULL,
    expires_at      BIGINT NOT NULL,
    PRIMARY KEY (issuer, jti)
);

-- The provider that put a person into a team, and takes them out again; none where people did.
ALTER TABLE team_members ADD COLUMN provider_id TEXT;
