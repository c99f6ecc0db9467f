-- Who gets the log's events as they come: webhooks that admins make, and publishers of the settings. Each of them goes along the
-- log's positions by itself, and nothing is passed over.
CREATE TABLE event_sinks (
    id              TEXT PRIMARY KEY,
    kind            TEXT NOT NULL CHECK (kind IN ('webhook', 'nats', 'syslog')),
    name            TEXT NOT NULL,
    -- A webhook's address; of a publisher what may be shown of it.
    address         TEXT NOT NULL,
    -- A JSON list of kinds of events; null means all.
    kinds           TEXT,
    -- How many events one call of a webhook holds at most.
    batch           BIGINT NOT NULL DEFAULT 1 CHECK (batch BETWEEN 1 AND 500),
    -- The first position of the log that it has not got yet.
    position        BIGINT NOT NULL CHECK (position >= 0),
    state           TEXT NOT NULL CHECK (state IN ('enabled', 'paused', 'gone', 'removed')),
    created_at      BIGINT NOT NULL,
    created_by      TEXT NOT NULL,
    changed_at      BIGINT NOT NULL,
    -- Delivery: since when it fails, how often in a row, when it is tried again, what was said; and what went well.
    failing_since   BIGINT,
    failures        BIGINT NOT NULL DEFAULT 0,
    retry_at        BIGINT,
    last_error      TEXT,
    taken           BIGINT NOT NULL DEFAULT 0,
    taken_at        BIGINT
);
CREATE INDEX event_sinks_live ON event_sinks (position) WHERE state = 'enabled';

-- What messages to a webhook are signed with. One that was replaced signs beside the new one until it ends.
CREATE TABLE event_sink_secrets (
    id              TEXT PRIMARY KEY,
    sink_id         TEXT NOT NULL REFERENCES event_sinks (id),
    sealed          BYTEA NOT NULL,
    made_at         BIGINT NOT NULL,
    ends_at         BIGINT
);
CREATE INDEX event_sink_secrets_by_sink ON event_sink_secrets (sink_id);
