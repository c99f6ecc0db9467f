-- The company's directory (SCIM 2.0, RFC 7643): what it proves itself with, and what it said of people and teams.

-- At most two live, so that one is rotated while the other works. Only the hash is kept.
CREATE TABLE provisioning_credentials (
    id              TEXT PRIMARY KEY,
    name            TEXT NOT NULL,
    hash            TEXT NOT NULL UNIQUE,
    created_at      BIGINT NOT NULL,
    created_by      TEXT NOT NULL,
    used_at         BIGINT,
    ended_at        BIGINT,
    ended_by        TEXT
);

CREATE TABLE provisioned_people (
    person_id       TEXT PRIMARY KEY REFERENCES persons (id),
    -- What the directory calls them; upper and lower case differ.
    external_id     TEXT UNIQUE,
    -- What it said of them, as it said it: a JSON object.
    said            TEXT NOT NULL,
    -- The beginning of the period in which the directory shut them out; such a period it may end, too.
    shut_at         BIGINT,
    -- Since when it knows them no longer.
    removed_at      BIGINT
);

CREATE TABLE provisioned_teams (
    team_id         TEXT PRIMARY KEY REFERENCES teams (id),
    external_id     TEXT UNIQUE,
    removed_at      BIGINT
);

-- When a person's account, or a team, last changed; null for those that did not since this is kept.
ALTER TABLE persons ADD COLUMN changed_at BIGINT;
ALTER TABLE teams ADD COLUMN created_at BIGINT;
ALTER TABLE teams ADD COLUMN changed_at BIGINT;
