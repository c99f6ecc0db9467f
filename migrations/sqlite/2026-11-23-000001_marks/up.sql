-- What was marked beside the form's own rules: statements by the lab, prose by a person. Never changed once written.
CREATE TABLE answer_marks (
    attempt_id      TEXT NOT NULL REFERENCES attempts (id),
    question_no     BIGINT NOT NULL,
    -- The share of the question's points as a fraction, `n/d`.
    share           TEXT NOT NULL,
    judge           TEXT NOT NULL CHECK (judge IN ('lab', 'person')),
    marked_by       TEXT NOT NULL,
    marked_at       BIGINT NOT NULL,
    -- For prose: the share of each criterion, as JSON by its id.
    criteria        TEXT,
    comment         TEXT,
    PRIMARY KEY (attempt_id, question_no)
);
-- Attempts that wait to be marked.
CREATE INDEX attempts_unmarked ON attempts (finished_at) WHERE state IN ('submitted', 'expired', 'pending_review');
