-- Shared Signals (OpenID SSF 1.0): receivers that are told when sessions and access end, and what is on its way to them.

-- What foreign services prove themselves with, the company's directory among them: at most two live for each of them, so that
-- one is rotated while the other works. Only the hash is kept. `holder` is `directory`, or the id of a receiver of signals.
CREATE TABLE service_credentials (
    id              TEXT PRIMARY KEY,
    holder          TEXT NOT NULL,
    name            TEXT NOT NULL,
    hash            TEXT NOT NULL UNIQUE,
    created_at      BIGINT NOT NULL,
    created_by      TEXT NOT NULL,
    used_at         BIGINT,
    ended_at        BIGINT,
    ended_by        TEXT
);
CREATE INDEX service_credentials_by_holder ON service_credentials (holder);
INSERT INTO service_credentials (id, holder, name, hash, created_at, created_by, used_at, ended_at, ended_by)
    SELECT id, 'directory', name, hash, created_at, created_by, used_at, ended_at, ended_by FROM provisioning_credentials;
DROP TABLE provisioning_credentials;

-- Who may subscribe. One with a warehouse hears of that warehouse's roles and tools alone.
CREATE TABLE signal_receivers (
    id              TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    audience        TEXT NOT NULL,
    warehouse_id    TEXT REFERENCES warehouses (id),
    created_at      BIGINT NOT NULL,
    created_by      TEXT NOT NULL,
    removed_at      BIGINT,
    removed_by      TEXT
);
CREATE UNIQUE INDEX signal_receivers_by_audience ON signal_receivers (audience) WHERE removed_at IS NULL;

-- What a receiver has subscribed to, one stream each, and how its delivery goes.
CREATE TABLE signal_streams (
    id              TEXT PRIMARY KEY,
    receiver_id     TEXT NOT NULL UNIQUE REFERENCES signal_receivers (id),
    method          TEXT NOT NULL CHECK (method IN ('push', 'poll')),
    endpoint        TEXT,
    -- The header that the receiver wants to be called with, sealed.
    sealed_header   BYTEA,
    description     TEXT,
    -- A JSON list of addresses of events; null means all that there are.
    requested       TEXT,
    status          TEXT NOT NULL CHECK (status IN ('enabled', 'paused', 'disabled')),
    status_reason   TEXT,
    created_at      BIGINT NOT NULL,
    changed_at      BIGINT NOT NULL,
    verified_at     BIGINT,
    -- Delivery: since when it fails, how often in a row, when it is tried again, and what was said.
    failing_since   BIGINT,
    failures        BIGINT NOT NULL DEFAULT 0,
    retry_at        BIGINT,
    last_error      TEXT,
    taken_at        BIGINT,
    taken           BIGINT NOT NULL DEFAULT 0,
    CHECK ((method = 'push') = (endpoint IS NOT NULL))
);

-- What has ended, as the database itself notes it in the transaction of the change, while anybody listens. Each line becomes the
-- events of every stream in one further transaction, which deletes it: a line that becomes visible late is not passed over.
CREATE TABLE signals (
    seq             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind            TEXT NOT NULL,
    subject_id      TEXT NOT NULL,
    person_id       TEXT,
    session_id      TEXT,
    client_id       TEXT,
    role_id         TEXT,
    why             TEXT,
    -- The instant of the change, by the clock of whoever made it.
    at              BIGINT NOT NULL
);

-- Security event tokens (RFC 8417) that were not acknowledged yet, as their claims: they are signed when they are sent, with
-- the key that signs then. One that was acknowledged is deleted; one that the receiver refused stays to be seen.
CREATE TABLE signal_sets (
    seq             BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    id              TEXT NOT NULL UNIQUE,
    stream_id       TEXT NOT NULL REFERENCES signal_streams (id),
    event           TEXT NOT NULL,
    person_id       TEXT,
    claims          TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    refused_at      BIGINT,
    refused_why     TEXT
);
CREATE INDEX signal_sets_by_stream ON signal_sets (stream_id, seq);

-- The roles of a person that a stream was told last: what did not change is not told again.
CREATE TABLE signal_roles (
    stream_id       TEXT NOT NULL REFERENCES signal_streams (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    roles           TEXT NOT NULL,
    PRIMARY KEY (stream_id, person_id)
);

-- A change nobody can forget to tell of. Where nobody listens, nothing is noted. The arguments: the kind, and the columns of the
-- subject, the person, the session, the client, the role and the reason, as far as there are any.
CREATE FUNCTION habilis_signal() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    changed JSONB := to_jsonb(NEW);
BEGIN
    INSERT INTO signals (kind, subject_id, person_id, session_id, client_id, role_id, why, at)
    SELECT TG_ARGV[0], changed ->> TG_ARGV[1], changed ->> TG_ARGV[2], changed ->> TG_ARGV[3], changed ->> TG_ARGV[4],
        changed ->> TG_ARGV[5], changed ->> TG_ARGV[6], habilis_at()
    WHERE EXISTS (SELECT 1 FROM signal_streams WHERE status <> 'disabled');
    RETURN NULL;
END
$$;
-- A lock is named by what it stops.
CREATE FUNCTION habilis_signal_lock() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO signals (kind, subject_id, person_id, at)
    SELECT TG_ARGV[0], NEW.kind || ':' || NEW.subject_id, CASE WHEN NEW.kind = 'person' THEN NEW.subject_id END, habilis_at()
    WHERE EXISTS (SELECT 1 FROM signal_streams WHERE status <> 'disabled');
    RETURN NULL;
END
$$;
CREATE TRIGGER sessions_signal_ended AFTER UPDATE OF ended_at ON sessions FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
    EXECUTE FUNCTION habilis_signal('session', 'id', 'person_id', 'id');
CREATE TRIGGER authorizations_signal_ended AFTER UPDATE OF ended_at ON authorizations FOR EACH ROW
    WHEN (OLD.ended_at IS NULL AND NEW.ended_at IS NOT NULL)
    EXECUTE FUNCTION habilis_signal('tool', 'id', 'person_id', 'session_id', 'client_id', 'role_id', 'ended_reason');
CREATE TRIGGER grants_signal_begun AFTER INSERT ON grants FOR EACH ROW
    EXECUTE FUNCTION habilis_signal('roles', 'id', 'person_id');
CREATE TRIGGER grants_signal_changed AFTER UPDATE OF state, starts_at, ends_at ON grants FOR EACH ROW
    EXECUTE FUNCTION habilis_signal('roles', 'id', 'person_id');
CREATE TRIGGER certificates_signal_changed AFTER UPDATE OF valid_from, ends_at ON certificates FOR EACH ROW
    EXECUTE FUNCTION habilis_signal('roles', 'id', 'person_id');
CREATE TRIGGER locks_signal_placed AFTER INSERT ON locks FOR EACH ROW
    EXECUTE FUNCTION habilis_signal_lock('locked');
CREATE TRIGGER locks_signal_lifted AFTER UPDATE OF lifted_at ON locks FOR EACH ROW
    WHEN (OLD.lifted_at IS NULL AND NEW.lifted_at IS NOT NULL)
    EXECUTE FUNCTION habilis_signal_lock('lifted');
CREATE TRIGGER disabled_periods_signal_begun AFTER INSERT ON disabled_periods FOR EACH ROW
    EXECUTE FUNCTION habilis_signal('disabled', 'person_id', 'person_id');
CREATE TRIGGER disabled_periods_signal_over AFTER UPDATE OF until_at ON disabled_periods FOR EACH ROW
    WHEN (OLD.until_at IS NULL AND NEW.until_at IS NOT NULL)
    EXECUTE FUNCTION habilis_signal('enabled', 'person_id', 'person_id');
CREATE TRIGGER persons_signal_erased AFTER UPDATE OF erased_at ON persons FOR EACH ROW
    WHEN (OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL)
    EXECUTE FUNCTION habilis_signal('erased', 'id', 'id');
