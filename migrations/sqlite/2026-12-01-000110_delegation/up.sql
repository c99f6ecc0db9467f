-- Who a person's manager is, and was: open while until_at is null. Approval clauses may ask for them.
CREATE TABLE managers (
    person_id       TEXT NOT NULL REFERENCES persons (id),
    manager_id      TEXT NOT NULL REFERENCES persons (id),
    from_at         BIGINT NOT NULL,
    until_at        BIGINT,
    PRIMARY KEY (person_id, from_at),
    CHECK (person_id <> manager_id)
);
CREATE UNIQUE INDEX managers_open ON managers (person_id) WHERE until_at IS NULL;
CREATE INDEX managers_by_manager ON managers (manager_id) WHERE until_at IS NULL;

-- Who decides in whose place, while the other is away: in force at t when from_at <= t < ends_at. ends_at starts as until_at and
-- only ever moves down.
CREATE TABLE delegations (
    id              TEXT PRIMARY KEY,
    delegator_id    TEXT NOT NULL REFERENCES persons (id),
    delegate_id     TEXT NOT NULL REFERENCES persons (id),
    state           TEXT NOT NULL,
    from_at         BIGINT NOT NULL,
    until_at        BIGINT NOT NULL,
    ends_at         BIGINT NOT NULL,
    note            TEXT NOT NULL,
    made_at         BIGINT NOT NULL,
    made_by         TEXT NOT NULL,
    ended_by        TEXT,
    CHECK (delegator_id <> delegate_id AND from_at <= ends_at AND ends_at <= until_at)
);
CREATE INDEX delegations_by_delegator ON delegations (delegator_id, ends_at);
CREATE INDEX delegations_by_delegate ON delegations (delegate_id, ends_at);
CREATE INDEX delegations_due ON delegations (ends_at) WHERE state IN ('scheduled', 'active');
INSERT INTO transitions (entity, from_state, to_state) VALUES
    ('delegation', '', 'scheduled'),
    ('delegation', '', 'active'),
    ('delegation', 'scheduled', 'active'),
    ('delegation', 'scheduled', 'ended'),
    ('delegation', 'active', 'ended');

-- In whose place a decision was made, and a place is taken once a round, whoever sits on it.
ALTER TABLE decisions ADD COLUMN on_behalf_of TEXT REFERENCES persons (id);
CREATE UNIQUE INDEX decisions_one_place ON decisions (request_id, round, COALESCE(on_behalf_of, person_id));
CREATE INDEX decisions_by_person ON decisions (person_id, at);

-- What is looked for on every page of those who may decide.
CREATE INDEX requests_in_review ON requests (role_id, policy_id) WHERE state = 'in_review';

CREATE TRIGGER delegations_lifecycle BEFORE UPDATE OF state ON delegations WHEN OLD.state <> NEW.state
BEGIN
    SELECT RAISE(ABORT, 'delegation: this change of state is not in transitions')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'delegation' AND from_state = OLD.state AND to_state = NEW.state);
END;
CREATE TRIGGER delegations_first BEFORE INSERT ON delegations
BEGIN
    SELECT RAISE(ABORT, 'delegation: this is no first state')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'delegation' AND from_state = '' AND to_state = NEW.state);
END;
CREATE TRIGGER delegations_end_never_rises BEFORE UPDATE OF ends_at ON delegations WHEN NEW.ends_at > OLD.ends_at
BEGIN
    SELECT RAISE(ABORT, 'delegations: an end is never raised');
END;
