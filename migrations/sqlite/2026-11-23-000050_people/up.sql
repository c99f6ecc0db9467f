-- People who need more: accommodations, teams with leads and assignments, and texts that can be erased.

-- What an admin granted to a person's exams: more time, more attempts. In force at t when from_at <= t, before until_at
-- and ended_at where those are set. No course means every course; no quiz means every exam of the course.
CREATE TABLE accommodations (
    id                  TEXT PRIMARY KEY,
    person_id           TEXT NOT NULL REFERENCES persons (id),
    course_id           TEXT,
    quiz_id             TEXT,
    time_factor_percent BIGINT NOT NULL CHECK (time_factor_percent BETWEEN 100 AND 400),
    extra_attempts      BIGINT NOT NULL CHECK (extra_attempts BETWEEN 0 AND 10),
    -- Read by admins and the person alone; never in the log.
    reason              TEXT NOT NULL,
    from_at             BIGINT NOT NULL,
    until_at            BIGINT,
    granted_at          BIGINT NOT NULL,
    granted_by          TEXT NOT NULL,
    ended_at            BIGINT,
    ended_by            TEXT,
    ended_reason        TEXT,
    CHECK (quiz_id IS NULL OR course_id IS NOT NULL),
    CHECK (until_at IS NULL OR from_at < until_at)
);
CREATE INDEX accommodations_by_person ON accommodations (person_id, from_at);

-- What the limit was multiplied by when the attempt's deadline was set.
ALTER TABLE attempts ADD COLUMN time_factor_percent BIGINT NOT NULL DEFAULT 100;

-- Since when a person is in a team; null for those who were before this was kept.
ALTER TABLE team_members ADD COLUMN joined_at BIGINT;

CREATE TABLE team_leads (
    team_id         TEXT NOT NULL REFERENCES teams (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    at              BIGINT NOT NULL,
    PRIMARY KEY (team_id, person_id)
);
CREATE INDEX team_leads_by_person ON team_leads (person_id);

-- A course that everybody in a team is to have done by a day.
CREATE TABLE assignments (
    id              TEXT PRIMARY KEY,
    team_id         TEXT NOT NULL REFERENCES teams (id),
    course_id       TEXT NOT NULL,
    due_at          BIGINT NOT NULL,
    note            TEXT NOT NULL,
    assigned_by     TEXT NOT NULL,
    at              BIGINT NOT NULL,
    ended_at        BIGINT,
    ended_by        TEXT,
    ended_reason    TEXT
);
CREATE UNIQUE INDEX assignments_one_open ON assignments (team_id, course_id) WHERE ended_at IS NULL;
CREATE INDEX assignments_by_team ON assignments (team_id, at);

-- Since when a person is only a pseudonym.
ALTER TABLE persons ADD COLUMN erased_at BIGINT;

-- What a line of the log holds of people: the address it came from and the words that were written. It stands beside the
-- log, which itself keeps a salted SHA-256 commitment of each: what is erased here leaves the log whole, and whoever kept
-- the words and the salt can still prove them.
CREATE TABLE event_private (
    event_id        TEXT PRIMARY KEY REFERENCES events (id),
    address         TEXT,
    address_salt    TEXT,
    texts           TEXT,
    texts_salt      TEXT,
    erased_at       BIGINT
);
ALTER TABLE events ADD COLUMN address_commitment TEXT;
ALTER TABLE events ADD COLUMN texts_commitment TEXT;

-- The words beside a change of state; the change itself keeps only codes.
CREATE TABLE change_notes (
    change_id       TEXT PRIMARY KEY REFERENCES state_changes (id),
    note            TEXT NOT NULL
);

-- Lines from before: their addresses and words move beside the log, once, without a commitment.
DROP TRIGGER events_no_update;
DROP TRIGGER state_changes_no_update;
INSERT INTO change_notes (change_id, note)
SELECT id, reason FROM state_changes
WHERE (entity = 'certificate' AND to_state = 'revoked') OR (entity = 'attempt' AND to_state = 'voided')
   OR (entity = 'request' AND to_state IN ('rejected', 'returned')) OR (entity = 'grant' AND to_state = 'ended');
UPDATE state_changes SET reason = '' WHERE id IN (SELECT change_id FROM change_notes);
INSERT INTO event_private (event_id, address, texts)
SELECT id, NULLIF(address, ''), NULLIF(json_patch('{}', json_object('reason', CASE WHEN kind LIKE 'grant.%' THEN NULL ELSE json_extract(data, '$.reason') END, 'comment', json_extract(data, '$.comment'), 'words', json_extract(data, '$.words'), 'sentence', json_extract(data, '$.sentence'), 'email', json_extract(data, '$.email'), 'login', json_extract(data, '$.login'), 'agent', json_extract(data, '$.agent'), 'filter', json_extract(data, '$.filter'))), '{}')
FROM events;
DELETE FROM event_private WHERE address IS NULL AND texts IS NULL;
UPDATE events SET address = '', data = json_remove(data, CASE WHEN kind LIKE 'grant.%' THEN '$.none' ELSE '$.reason' END, '$.comment', '$.words', '$.sentence', '$.email', '$.login', '$.agent', '$.filter')
WHERE id IN (SELECT event_id FROM event_private);
UPDATE event_private SET texts = json_set(COALESCE(texts, '{}'), '$.about', (SELECT subject_id FROM events e WHERE e.id = event_id))
WHERE event_id IN (SELECT id FROM events WHERE kind = 'refused' AND json_extract(data, '$.tried') IN ('invite_person', 'sign_in') AND person_id IS NULL AND subject_id IS NOT NULL);
UPDATE events SET subject_id = NULL
WHERE kind = 'refused' AND json_extract(data, '$.tried') IN ('invite_person', 'sign_in') AND person_id IS NULL;
CREATE TRIGGER events_no_update BEFORE UPDATE ON events
BEGIN
    SELECT RAISE(ABORT, 'events are append-only');
END;
CREATE TRIGGER state_changes_no_update BEFORE UPDATE ON state_changes
BEGIN
    SELECT RAISE(ABORT, 'state_changes are append-only');
END;

-- What stands beside the log goes only when somebody is erased.
CREATE TRIGGER event_private_no_delete BEFORE DELETE ON event_private
BEGIN
    SELECT RAISE(ABORT, 'event_private: erase a person instead');
END;
CREATE TRIGGER event_private_only_erased BEFORE UPDATE ON event_private WHEN NEW.erased_at IS NULL
BEGIN
    SELECT RAISE(ABORT, 'event_private: erase a person instead');
END;
