-- Break-glass: a role taken for a few hours without approval, and what somebody else says of it afterwards.
ALTER TABLE grants ADD COLUMN emergency BOOLEAN NOT NULL DEFAULT FALSE;
-- Whoever holds a role, or has asked for it, may need it now: one of each kind at a time.
DROP INDEX grants_one_live;
CREATE UNIQUE INDEX grants_one_live ON grants (person_id, role_id) WHERE state IN ('active', 'suspended') AND NOT emergency;
CREATE UNIQUE INDEX grants_one_emergency ON grants (person_id, role_id) WHERE state IN ('active', 'suspended') AND emergency;
INSERT INTO transitions (entity, from_state, to_state) VALUES
    ('request', '', 'approved'),
    ('emergency', '', 'taken'),
    ('emergency', 'taken', 'justified'),
    ('emergency', 'taken', 'unjustified');

CREATE TABLE emergencies (
    id              TEXT PRIMARY KEY,
    grant_id        TEXT NOT NULL UNIQUE REFERENCES grants (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    role_id         TEXT NOT NULL REFERENCES roles (id),
    reason          TEXT NOT NULL,
    taken_at        BIGINT NOT NULL,
    review_by_at    BIGINT NOT NULL,
    state           TEXT NOT NULL,
    reviewed_by     TEXT,
    reviewed_at     BIGINT,
    comment         TEXT NOT NULL DEFAULT '',
    CHECK (reviewed_by IS NULL OR reviewed_by <> person_id)
);
CREATE INDEX emergencies_by_time ON emergencies (taken_at);
CREATE INDEX emergencies_by_person ON emergencies (person_id, taken_at);
CREATE INDEX emergencies_open ON emergencies (review_by_at) WHERE state = 'taken';
CREATE TRIGGER emergencies_lifecycle BEFORE UPDATE OF state ON emergencies FOR EACH ROW WHEN (OLD.state <> NEW.state)
    EXECUTE FUNCTION habilis_lifecycle('emergency');
CREATE TRIGGER emergencies_first BEFORE INSERT ON emergencies FOR EACH ROW EXECUTE FUNCTION habilis_first_state('emergency');
