-- What somebody should know: shown in the app, and mailed where a mail server is set. Written with the change it tells of.
CREATE TABLE notices (
    id              TEXT PRIMARY KEY,
    person_id       TEXT NOT NULL REFERENCES persons (id),
    kind            TEXT NOT NULL,
    -- What makes it the same notice: it is written once.
    once_key        TEXT NOT NULL UNIQUE,
    -- What it is about: ids and instants, as JSON.
    about           TEXT NOT NULL,
    at              BIGINT NOT NULL,
    seen_at         BIGINT,
    -- waiting, sent, or failed for good.
    mail_state      TEXT NOT NULL CHECK (mail_state IN ('waiting', 'sent', 'failed')),
    mail_tries      BIGINT NOT NULL DEFAULT 0,
    mail_at         BIGINT NOT NULL
);
CREATE INDEX notices_by_person ON notices (person_id, at) WHERE seen_at IS NULL;
CREATE INDEX notices_to_mail ON notices (mail_at) WHERE mail_state = 'waiting';

-- When the holder of a certificate is reminded next; none once nothing is left to say.
CREATE TABLE reminders (
    certificate_id  TEXT PRIMARY KEY REFERENCES certificates (id),
    next_at         BIGINT
);
CREATE INDEX reminders_due ON reminders (next_at) WHERE next_at IS NOT NULL;
