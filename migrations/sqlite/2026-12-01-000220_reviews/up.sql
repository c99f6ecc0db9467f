-- Reviews: campaigns in which those who answer for roles keep or remove each grant.

INSERT INTO transitions (entity, from_state, to_state) VALUES
    ('review', '', 'open'),
    ('review', 'open', 'closed'),
    ('review', 'open', 'cancelled'),
    ('review_line', '', 'pending'),
    ('review_line', 'pending', 'kept'),
    ('review_line', 'pending', 'removed'),
    ('review_line', 'pending', 'delegated'),
    ('review_line', 'pending', 'overdue'),
    ('review_line', 'pending', 'gone'),
    ('review_line', 'pending', 'cancelled'),
    ('review_line', 'delegated', 'pending'),
    ('review_line', 'delegated', 'overdue'),
    ('review_line', 'overdue', 'kept'),
    ('review_line', 'overdue', 'removed'),
    ('review_line', 'overdue', 'delegated'),
    ('review_line', 'overdue', 'lapsed'),
    ('review_line', 'overdue', 'gone');

CREATE TABLE reviews (
    id              TEXT PRIMARY KEY,
    -- What it is called by whoever started it; may be empty.
    title           TEXT NOT NULL,
    state           TEXT NOT NULL,
    -- What it was asked by, as JSON: roles, owner, sensitivity; or the role whose time had come.
    scope           TEXT NOT NULL,
    -- The role and the review before, where it began by itself: it begins once.
    period_key      TEXT UNIQUE,
    started_at      BIGINT NOT NULL,
    started_by      TEXT NOT NULL,
    remind_at       BIGINT NOT NULL,
    reminded_at     BIGINT,
    due_at          BIGINT NOT NULL,
    -- When what is still unanswered ends for good.
    lapses_at       BIGINT NOT NULL,
    closed_at       BIGINT,
    closed_by       TEXT,
    closed_reason   TEXT NOT NULL DEFAULT '',
    CHECK (started_at <= remind_at AND remind_at <= due_at AND due_at <= lapses_at)
);
CREATE INDEX reviews_open ON reviews (due_at) WHERE state = 'open';

-- The roles that a review is about.
CREATE TABLE review_roles (
    review_id       TEXT NOT NULL REFERENCES reviews (id),
    role_id         TEXT NOT NULL REFERENCES roles (id),
    PRIMARY KEY (review_id, role_id)
);
CREATE INDEX review_roles_by_role ON review_roles (role_id, review_id);

-- The population: one line for each grant at the moment at which the review began, never derived again.
CREATE TABLE review_lines (
    id              TEXT PRIMARY KEY,
    review_id       TEXT NOT NULL REFERENCES reviews (id),
    grant_id        TEXT NOT NULL REFERENCES grants (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    role_id         TEXT NOT NULL REFERENCES roles (id),
    state           TEXT NOT NULL,
    -- Who is asked; null where any admin is.
    reviewer_id     TEXT REFERENCES persons (id),
    assigned_at     BIGINT NOT NULL,
    -- The facts at the start, and those at the decision, as JSON.
    facts           TEXT NOT NULL,
    decided_facts   TEXT,
    decided_at      BIGINT,
    decided_by      TEXT REFERENCES persons (id),
    comment         TEXT NOT NULL DEFAULT '',
    overdue_at      BIGINT,
    UNIQUE (review_id, grant_id)
);
CREATE UNIQUE INDEX review_lines_one_open ON review_lines (grant_id) WHERE state IN ('pending', 'delegated', 'overdue');
CREATE INDEX review_lines_by_state ON review_lines (review_id, state, id);
CREATE INDEX review_lines_by_reviewer ON review_lines (reviewer_id, review_id) WHERE state IN ('pending', 'delegated', 'overdue');
CREATE INDEX review_lines_by_person ON review_lines (person_id);

-- Who was asked for a line after somebody else, by whom and why.
CREATE TABLE review_delegations (
    id              TEXT PRIMARY KEY,
    line_id         TEXT NOT NULL REFERENCES review_lines (id),
    from_id         TEXT REFERENCES persons (id),
    to_id           TEXT NOT NULL REFERENCES persons (id),
    delegated_by    TEXT NOT NULL,
    at              BIGINT NOT NULL,
    comment         TEXT NOT NULL
);
CREATE INDEX review_delegations_by_line ON review_delegations (line_id, at);

CREATE TRIGGER reviews_lifecycle BEFORE UPDATE OF state ON reviews WHEN OLD.state <> NEW.state
BEGIN
    SELECT RAISE(ABORT, 'review: this change of state is not in transitions')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'review' AND from_state = OLD.state AND to_state = NEW.state);
END;
CREATE TRIGGER review_lines_lifecycle BEFORE UPDATE OF state ON review_lines WHEN OLD.state <> NEW.state
BEGIN
    SELECT RAISE(ABORT, 'review_line: this change of state is not in transitions')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'review_line' AND from_state = OLD.state AND to_state = NEW.state);
END;
CREATE TRIGGER reviews_first BEFORE INSERT ON reviews
BEGIN
    SELECT RAISE(ABORT, 'review: this is no first state')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'review' AND from_state = '' AND to_state = NEW.state);
END;
CREATE TRIGGER review_lines_first BEFORE INSERT ON review_lines
BEGIN
    SELECT RAISE(ABORT, 'review_line: this is no first state')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'review_line' AND from_state = '' AND to_state = NEW.state);
END;
-- The population is what it was at the start.
CREATE TRIGGER review_lines_frozen BEFORE UPDATE OF review_id, grant_id, person_id, role_id, facts ON review_lines
BEGIN
    SELECT RAISE(ABORT, 'review_lines: the population of a review is frozen');
END;
CREATE TRIGGER review_lines_no_delete BEFORE DELETE ON review_lines
BEGIN
    SELECT RAISE(ABORT, 'review_lines: the population of a review is frozen');
END;
CREATE TRIGGER review_lines_at_start BEFORE INSERT ON review_lines
    WHEN (SELECT started_at FROM reviews WHERE id = NEW.review_id) IS NOT NEW.assigned_at
BEGIN
    SELECT RAISE(ABORT, 'review_lines: the population of a review is frozen');
END;
-- What was decided stays decided.
CREATE TRIGGER review_lines_decided BEFORE UPDATE OF decided_at, decided_by, decided_facts ON review_lines
    WHEN OLD.decided_at IS NOT NULL
BEGIN
    SELECT RAISE(ABORT, 'review_lines: this was decided');
END;
