-- The house's tables. Instants are whole microseconds since the Unix epoch, UTC (BIGINT).
-- Ids are prefixed UUIDv7 as text; states are text, and move only along `transitions`.

-- People ---------------------------------------------------------------------------------

CREATE TABLE persons (
    id              TEXT PRIMARY KEY,
    email           TEXT NOT NULL UNIQUE,
    name            TEXT NOT NULL,
    office          TEXT NOT NULL DEFAULT '',
    language        TEXT,
    zone            TEXT NOT NULL DEFAULT 'Europe/Paris',
    password_hash   TEXT,
    is_admin        BOOLEAN NOT NULL DEFAULT FALSE,
    is_auditor      BOOLEAN NOT NULL DEFAULT FALSE,
    is_author       BOOLEAN NOT NULL DEFAULT FALSE,
    state           TEXT NOT NULL CHECK (state IN ('invited', 'active', 'disabled')),
    created_at      BIGINT NOT NULL
);
CREATE INDEX persons_by_name ON persons (name, id);

-- When a person could not act; open while until_at is null. Read by effective_access, so that the past stays askable.
CREATE TABLE disabled_periods (
    person_id       TEXT NOT NULL REFERENCES persons (id),
    from_at         BIGINT NOT NULL,
    until_at        BIGINT,
    reason          TEXT NOT NULL,
    PRIMARY KEY (person_id, from_at)
);
CREATE UNIQUE INDEX disabled_periods_open ON disabled_periods (person_id) WHERE until_at IS NULL;

CREATE TABLE teams (
    id              TEXT PRIMARY KEY,
    title           TEXT NOT NULL
);
CREATE TABLE team_members (
    team_id         TEXT NOT NULL REFERENCES teams (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_members_by_person ON team_members (person_id);

-- How a person is named in one warehouse, where the catalogue's rule does not fit.
CREATE TABLE warehouse_logins (
    person_id       TEXT NOT NULL REFERENCES persons (id),
    warehouse_id    TEXT NOT NULL,
    login           TEXT NOT NULL,
    PRIMARY KEY (person_id, warehouse_id)
);

CREATE TABLE sessions (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES persons (id),
    secret_hash     TEXT NOT NULL UNIQUE,
    created_at      BIGINT NOT NULL,
    seen_at         BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    ended_at        BIGINT,
    agent           TEXT NOT NULL,
    address         TEXT NOT NULL
);
CREATE INDEX sessions_by_person ON sessions (person_id, created_at);

-- One-time links: first admin, invitation, password reset. Only the hash of the secret is kept.
CREATE TABLE links (
    id              TEXT PRIMARY KEY,
    purpose         TEXT NOT NULL CHECK (purpose IN ('setup', 'invitation', 'reset')),
    person_id       TEXT REFERENCES persons (id),
    secret_hash     TEXT NOT NULL UNIQUE,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    used_at         BIGINT
);
CREATE INDEX links_by_person ON links (person_id);

CREATE TABLE sign_in_failures (
    id              TEXT PRIMARY KEY,
    account         TEXT NOT NULL,
    address         TEXT NOT NULL,
    at              BIGINT NOT NULL
);
CREATE INDEX sign_in_failures_by_account ON sign_in_failures (account, address, at);
CREATE INDEX sign_in_failures_by_address ON sign_in_failures (address, at);
CREATE INDEX sign_in_failures_by_time ON sign_in_failures (at);

-- Content: every version that was ever served ----------------------------------------------

CREATE TABLE content_files (
    hash            TEXT PRIMARY KEY,
    body            BLOB NOT NULL
);
CREATE TABLE content_versions (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    hash            TEXT NOT NULL,
    manifest        TEXT NOT NULL,
    loaded_at       BIGINT NOT NULL,
    loaded_by       TEXT NOT NULL
);
CREATE TABLE course_versions (
    course_id       TEXT NOT NULL,
    version         BIGINT NOT NULL,
    hash            TEXT NOT NULL,
    breaking_since  BIGINT NOT NULL,
    loaded_at       BIGINT NOT NULL,
    PRIMARY KEY (course_id, version)
);
CREATE TABLE question_versions (
    hash            TEXT PRIMARY KEY,
    course_id       TEXT NOT NULL,
    question_id     TEXT NOT NULL,
    body            TEXT NOT NULL
);

-- Lifecycles: what may follow what, and what did -------------------------------------------

CREATE TABLE transitions (
    entity          TEXT NOT NULL,
    from_state      TEXT NOT NULL,
    to_state        TEXT NOT NULL,
    PRIMARY KEY (entity, from_state, to_state)
);
INSERT INTO transitions (entity, from_state, to_state) VALUES
    ('attempt', '', 'in_progress'),
    ('attempt', 'in_progress', 'submitted'),
    ('attempt', 'in_progress', 'expired'),
    ('attempt', 'submitted', 'graded'),
    ('attempt', 'expired', 'graded'),
    ('attempt', 'submitted', 'pending_review'),
    ('attempt', 'expired', 'pending_review'),
    ('attempt', 'pending_review', 'graded'),
    ('attempt', 'in_progress', 'voided'),
    ('attempt', 'submitted', 'voided'),
    ('attempt', 'expired', 'voided'),
    ('attempt', 'pending_review', 'voided'),
    ('attempt', 'graded', 'voided'),
    ('certificate', '', 'valid'),
    ('certificate', 'valid', 'expired'),
    ('certificate', 'valid', 'superseded'),
    ('certificate', 'valid', 'revoked'),
    ('certificate', 'superseded', 'revoked'),
    ('request', '', 'submitted'),
    ('request', '', 'draft'),
    ('request', 'draft', 'submitted'),
    ('request', 'draft', 'withdrawn'),
    ('request', 'submitted', 'blocked'),
    ('request', 'submitted', 'in_review'),
    ('request', 'submitted', 'approved'),
    ('request', 'submitted', 'withdrawn'),
    ('request', 'blocked', 'in_review'),
    ('request', 'in_review', 'blocked'),
    ('request', 'blocked', 'withdrawn'),
    ('request', 'blocked', 'lapsed'),
    ('request', 'in_review', 'approved'),
    ('request', 'in_review', 'rejected'),
    ('request', 'in_review', 'withdrawn'),
    ('request', 'in_review', 'lapsed'),
    ('request', 'in_review', 'returned'),
    ('request', 'returned', 'submitted'),
    ('request', 'returned', 'withdrawn'),
    ('request', 'returned', 'lapsed'),
    ('grant', '', 'scheduled'),
    ('grant', '', 'active'),
    ('grant', 'scheduled', 'active'),
    ('grant', 'scheduled', 'ended'),
    ('grant', 'active', 'suspended'),
    ('grant', 'suspended', 'active'),
    ('grant', 'active', 'ended'),
    ('grant', 'suspended', 'ended');

CREATE TABLE state_changes (
    id              TEXT PRIMARY KEY,
    entity          TEXT NOT NULL,
    subject_id      TEXT NOT NULL,
    from_state      TEXT NOT NULL,
    to_state        TEXT NOT NULL,
    at              BIGINT NOT NULL,
    actor           TEXT NOT NULL,
    reason          TEXT NOT NULL,
    FOREIGN KEY (entity, from_state, to_state) REFERENCES transitions (entity, from_state, to_state)
);
CREATE INDEX state_changes_by_subject ON state_changes (subject_id, at);

-- Learning ---------------------------------------------------------------------------------

CREATE TABLE enrolments (
    person_id       TEXT NOT NULL REFERENCES persons (id),
    course_id       TEXT NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (person_id, course_id)
);
CREATE TABLE completions (
    person_id       TEXT NOT NULL REFERENCES persons (id),
    course_id       TEXT NOT NULL,
    module_id       TEXT NOT NULL,
    course_version  BIGINT NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (person_id, course_id, module_id, course_version)
);

CREATE TABLE attempts (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES persons (id),
    course_id       TEXT NOT NULL,
    quiz_id         TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('practice', 'exam')),
    course_version  BIGINT NOT NULL,
    state           TEXT NOT NULL,
    started_at      BIGINT NOT NULL,
    deadline_at     BIGINT,
    finished_at     BIGINT,
    graded_at       BIGINT,
    form            TEXT NOT NULL,
    result          TEXT,
    passed          BOOLEAN,
    basis_points    BIGINT
);
CREATE UNIQUE INDEX attempts_one_open ON attempts (person_id, course_id, quiz_id) WHERE state = 'in_progress';
CREATE INDEX attempts_by_person ON attempts (person_id, course_id, quiz_id, started_at);
CREATE INDEX attempts_due ON attempts (deadline_at) WHERE state = 'in_progress';

CREATE TABLE answers (
    attempt_id      TEXT NOT NULL REFERENCES attempts (id),
    question_no     BIGINT NOT NULL,
    revision        BIGINT NOT NULL,
    answer          TEXT NOT NULL,
    flagged         BOOLEAN NOT NULL DEFAULT FALSE,
    saved_at        BIGINT NOT NULL,
    PRIMARY KEY (attempt_id, question_no)
);

-- Certification ------------------------------------------------------------------------------

-- A certificate counts at t when valid_from <= t < ends_at. ends_at starts as expires_at and only ever moves down.
CREATE TABLE certificates (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES persons (id),
    certification_id TEXT NOT NULL,
    course_id       TEXT NOT NULL,
    course_version  BIGINT NOT NULL,
    state           TEXT NOT NULL,
    issued_at       BIGINT NOT NULL,
    valid_from      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    ends_at         BIGINT NOT NULL,
    ended_reason    TEXT,
    evidence        TEXT NOT NULL,
    award_key       TEXT NOT NULL UNIQUE,
    CHECK (valid_from <= ends_at AND ends_at <= expires_at)
);
CREATE INDEX certificates_by_person ON certificates (person_id, certification_id, ends_at);
CREATE INDEX certificates_by_end ON certificates (ends_at) WHERE state = 'valid';
CREATE INDEX certificates_by_course ON certificates (course_id, course_version) WHERE state = 'valid';

-- Access ---------------------------------------------------------------------------------------

CREATE TABLE warehouses (
    id              TEXT PRIMARY KEY,
    kind            TEXT NOT NULL,
    retired         BOOLEAN NOT NULL DEFAULT FALSE
);

-- What a role demanded, by content hash: frozen into every request and grant.
CREATE TABLE policies (
    id              TEXT PRIMARY KEY,
    role_id         TEXT NOT NULL,
    body            TEXT NOT NULL,
    created_at      BIGINT NOT NULL
);
CREATE INDEX policies_by_role ON policies (role_id, created_at);
-- A requirement in conjunctive form: for every clause, one of its certifications.
CREATE TABLE policy_clauses (
    policy_id       TEXT NOT NULL REFERENCES policies (id),
    clause          BIGINT NOT NULL,
    certification_id TEXT NOT NULL,
    PRIMARY KEY (policy_id, clause, certification_id)
);

CREATE TABLE roles (
    id              TEXT PRIMARY KEY,
    warehouse_id    TEXT NOT NULL REFERENCES warehouses (id),
    name            TEXT NOT NULL,
    policy_id       TEXT NOT NULL REFERENCES policies (id),
    retired         BOOLEAN NOT NULL DEFAULT FALSE
);

CREATE TABLE requests (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES persons (id),
    role_id         TEXT NOT NULL REFERENCES roles (id),
    policy_id       TEXT NOT NULL REFERENCES policies (id),
    state           TEXT NOT NULL,
    reason          TEXT NOT NULL,
    wanted_micros   BIGINT NOT NULL CHECK (wanted_micros > 0),
    courses         TEXT NOT NULL,
    submitted_at    BIGINT NOT NULL,
    lapses_at       BIGINT NOT NULL,
    closed_at       BIGINT
);
CREATE UNIQUE INDEX requests_one_open ON requests (person_id, role_id)
    WHERE state IN ('draft', 'submitted', 'blocked', 'in_review', 'returned');
CREATE INDEX requests_by_role ON requests (role_id, state, submitted_at);
CREATE INDEX requests_by_person ON requests (person_id, submitted_at);
CREATE INDEX requests_due ON requests (lapses_at) WHERE state IN ('blocked', 'in_review', 'returned');

CREATE TABLE decisions (
    id              TEXT PRIMARY KEY,
    request_id      TEXT NOT NULL REFERENCES requests (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    decision        TEXT NOT NULL CHECK (decision IN ('approve', 'reject', 'return')),
    comment         TEXT NOT NULL,
    cap_micros      BIGINT,
    at              BIGINT NOT NULL,
    round           BIGINT NOT NULL DEFAULT 1,
    UNIQUE (request_id, person_id, round)
);

-- A grant gives the right at t when starts_at <= t < ends_at. ends_at only ever moves down.
CREATE TABLE grants (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES persons (id),
    role_id         TEXT NOT NULL REFERENCES roles (id),
    warehouse_id    TEXT NOT NULL REFERENCES warehouses (id),
    request_id      TEXT NOT NULL REFERENCES requests (id),
    policy_id       TEXT NOT NULL REFERENCES policies (id),
    state           TEXT NOT NULL,
    starts_at       BIGINT NOT NULL,
    ends_at         BIGINT NOT NULL,
    granted_at      BIGINT NOT NULL,
    grace_micros    BIGINT NOT NULL,
    ended_reason    TEXT,
    CHECK (starts_at <= ends_at)
);
CREATE UNIQUE INDEX grants_one_live ON grants (person_id, role_id) WHERE state IN ('active', 'suspended');
CREATE UNIQUE INDEX grants_one_next ON grants (person_id, role_id) WHERE state = 'scheduled';
CREATE INDEX grants_by_person ON grants (person_id, id);
CREATE INDEX grants_by_role ON grants (role_id, id);
CREATE INDEX grants_by_warehouse ON grants (warehouse_id, id);
CREATE INDEX grants_live_by_end ON grants (ends_at) WHERE state IN ('scheduled', 'active', 'suspended');

CREATE TABLE locks (
    id              TEXT PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('person', 'role', 'warehouse')),
    subject_id      TEXT NOT NULL,
    reason          TEXT NOT NULL,
    placed_at       BIGINT NOT NULL,
    placed_by       TEXT NOT NULL,
    lifted_at       BIGINT,
    lifted_by       TEXT
);
CREATE UNIQUE INDEX locks_one_open ON locks (kind, subject_id) WHERE lifted_at IS NULL;
CREATE INDEX locks_by_subject ON locks (kind, subject_id, placed_at);

-- Tokens -----------------------------------------------------------------------------------------

CREATE TABLE keys (
    kid             TEXT PRIMARY KEY,
    algorithm       TEXT NOT NULL CHECK (algorithm IN ('ES256', 'RS256')),
    state           TEXT NOT NULL CHECK (state IN ('next', 'active', 'retiring', 'gone')),
    public_jwk      TEXT NOT NULL,
    sealed          BLOB,
    created_at      BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL
);
CREATE UNIQUE INDEX keys_one_active ON keys (algorithm) WHERE state = 'active';
CREATE UNIQUE INDEX keys_one_next ON keys (algorithm) WHERE state = 'next';

-- The record of a token, never the token.
CREATE TABLE tokens (
    id              TEXT PRIMARY KEY,
    grant_id        TEXT NOT NULL REFERENCES grants (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    role_id         TEXT NOT NULL REFERENCES roles (id),
    client_id       TEXT NOT NULL,
    session_id      TEXT,
    kid             TEXT NOT NULL REFERENCES keys (kid),
    issued_at       BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    address         TEXT NOT NULL
);
CREATE INDEX tokens_by_grant ON tokens (grant_id, issued_at);
CREATE INDEX tokens_by_person ON tokens (person_id, issued_at);

-- Audit --------------------------------------------------------------------------------------------

CREATE TABLE events (
    seq             INTEGER PRIMARY KEY AUTOINCREMENT,
    id              TEXT NOT NULL UNIQUE,
    at              BIGINT NOT NULL,
    kind            TEXT NOT NULL,
    outcome         TEXT NOT NULL CHECK (outcome IN ('done', 'refused')),
    actor           TEXT NOT NULL,
    person_id       TEXT,
    role_id         TEXT,
    subject_id      TEXT,
    address         TEXT NOT NULL,
    data            TEXT NOT NULL
);
CREATE INDEX events_by_time ON events (at, seq);
CREATE INDEX events_by_kind ON events (kind, seq);
CREATE INDEX events_by_person ON events (person_id, seq);
CREATE INDEX events_by_person_time ON events (person_id, at);
CREATE INDEX events_by_actor ON events (actor, seq);
CREATE INDEX events_by_subject ON events (subject_id, seq);
CREATE INDEX events_by_role ON events (role_id, seq);

-- Work shared between replicas ------------------------------------------------------------------------

CREATE TABLE leases (
    name            TEXT PRIMARY KEY,
    holder          TEXT NOT NULL,
    until_at        BIGINT NOT NULL
);

-- Answers to creations that carried an Idempotency-Key, so that a repeated call gets the first answer again.
CREATE TABLE idempotent_answers (
    person_id       TEXT NOT NULL,
    key             TEXT NOT NULL,
    fingerprint     TEXT NOT NULL,
    subject_id      TEXT NOT NULL,
    at              BIGINT NOT NULL,
    PRIMARY KEY (person_id, key)
);

-- The one rule of access (I1) ---------------------------------------------------------------------------
-- Read at the instant habilis_at(), a function that the service registers on its connections and sets in every transaction: the service's clock, or the moment an auditor asks about.

CREATE VIEW effective_access AS
SELECT g.id AS grant_id, g.person_id, g.role_id, g.warehouse_id, g.request_id, g.policy_id, g.starts_at, g.ends_at
FROM grants g
WHERE g.starts_at <= habilis_at()
  AND habilis_at() < g.ends_at
  AND NOT EXISTS (
      SELECT 1 FROM policy_clauses c
      WHERE c.policy_id = g.policy_id
        AND NOT EXISTS (
            SELECT 1 FROM policy_clauses a
            JOIN certificates k ON k.certification_id = a.certification_id
            WHERE a.policy_id = c.policy_id AND a.clause = c.clause
              AND k.person_id = g.person_id
              AND k.valid_from <= habilis_at() AND habilis_at() < k.ends_at))
  AND NOT EXISTS (
      SELECT 1 FROM disabled_periods d
      WHERE d.person_id = g.person_id AND d.from_at <= habilis_at()
        AND (d.until_at IS NULL OR habilis_at() < d.until_at))
  AND NOT EXISTS (
      SELECT 1 FROM locks l
      WHERE ((l.kind = 'person' AND l.subject_id = g.person_id)
          OR (l.kind = 'role' AND l.subject_id = g.role_id)
          OR (l.kind = 'warehouse' AND l.subject_id = g.warehouse_id))
        AND l.placed_at <= habilis_at()
        AND (l.lifted_at IS NULL OR habilis_at() < l.lifted_at));

-- The database itself refuses what the lifecycles do not allow -----------------------------------------------

CREATE TRIGGER attempts_lifecycle BEFORE UPDATE OF state ON attempts WHEN OLD.state <> NEW.state
BEGIN
    SELECT RAISE(ABORT, 'attempt: this change of state is not in transitions')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'attempt' AND from_state = OLD.state AND to_state = NEW.state);
END;
CREATE TRIGGER certificates_lifecycle BEFORE UPDATE OF state ON certificates WHEN OLD.state <> NEW.state
BEGIN
    SELECT RAISE(ABORT, 'certificate: this change of state is not in transitions')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'certificate' AND from_state = OLD.state AND to_state = NEW.state);
END;
CREATE TRIGGER requests_lifecycle BEFORE UPDATE OF state ON requests WHEN OLD.state <> NEW.state
BEGIN
    SELECT RAISE(ABORT, 'request: this change of state is not in transitions')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'request' AND from_state = OLD.state AND to_state = NEW.state);
END;
CREATE TRIGGER grants_lifecycle BEFORE UPDATE OF state ON grants WHEN OLD.state <> NEW.state
BEGIN
    SELECT RAISE(ABORT, 'grant: this change of state is not in transitions')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'grant' AND from_state = OLD.state AND to_state = NEW.state);
END;
CREATE TRIGGER certificates_end_never_rises BEFORE UPDATE OF ends_at ON certificates WHEN NEW.ends_at > OLD.ends_at
BEGIN
    SELECT RAISE(ABORT, 'certificates: an end is never raised');
END;
CREATE TRIGGER grants_end_never_rises BEFORE UPDATE OF ends_at ON grants WHEN NEW.ends_at > OLD.ends_at
BEGIN
    SELECT RAISE(ABORT, 'grants: an end is never raised');
END;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER events_no_delete BEFORE DELETE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER state_changes_no_update BEFORE UPDATE ON state_changes
BEGIN
    SELECT RAISE(ABORT, 'state_changes are append-only');
END;
CREATE TRIGGER state_changes_no_delete BEFORE DELETE ON state_changes
BEGIN
    SELECT RAISE(ABORT, 'state_changes are append-only');
END;
