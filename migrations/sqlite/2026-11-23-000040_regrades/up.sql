-- Corrections: a wrong key is set right for attempts that were marked by it. What was first given stays in attempts.result;
-- a correction is a row of its own, and attempts.passed and basis_points follow the latest one in the same transaction.
CREATE TABLE regrades (
    id              TEXT PRIMARY KEY,
    course_id       TEXT NOT NULL,
    question_id     TEXT NOT NULL,
    -- The version that stood on the forms, and the one whose key is used; none for the other treatments.
    from_hash       TEXT NOT NULL,
    to_hash         TEXT REFERENCES question_versions (hash),
    treatment       TEXT NOT NULL CHECK (treatment IN ('new_key', 'full_marks', 'set_aside')),
    take_back       BOOLEAN NOT NULL,
    reason          TEXT NOT NULL,
    applied_by      TEXT NOT NULL,
    applied_at      BIGINT NOT NULL,
    -- Of the preview that was applied.
    fingerprint     TEXT NOT NULL,
    -- Marked attempts that held the version, whose mark changed, that pass now, that fail now.
    attempts        BIGINT NOT NULL,
    changed         BIGINT NOT NULL,
    now_passed      BIGINT NOT NULL,
    now_failed      BIGINT NOT NULL,
    certificates_issued  BIGINT NOT NULL,
    certificates_revoked BIGINT NOT NULL,
    CHECK ((treatment = 'new_key') = (to_hash IS NOT NULL))
);
CREATE INDEX regrades_by_course ON regrades (course_id, applied_at);

CREATE TABLE regrade_results (
    attempt_id      TEXT NOT NULL REFERENCES attempts (id),
    -- The how-manieth correction of this attempt, from 1: the highest is the one that counts.
    round           BIGINT NOT NULL,
    regrade_id      TEXT NOT NULL REFERENCES regrades (id),
    at              BIGINT NOT NULL,
    old_result      TEXT NOT NULL,
    new_result      TEXT NOT NULL,
    PRIMARY KEY (attempt_id, round),
    UNIQUE (regrade_id, attempt_id)
);

-- The marked attempts of a course.
CREATE INDEX attempts_by_course ON attempts (course_id, kind, state, started_at);

CREATE TRIGGER regrades_no_update BEFORE UPDATE ON regrades
BEGIN
    SELECT RAISE(ABORT, 'regrades are append-only');
END;
CREATE TRIGGER regrades_no_delete BEFORE DELETE ON regrades
BEGIN
    SELECT RAISE(ABORT, 'regrades are append-only');
END;
CREATE TRIGGER regrade_results_no_update BEFORE UPDATE ON regrade_results
BEGIN
    SELECT RAISE(ABORT, 'regrade_results are append-only');
END;
CREATE TRIGGER regrade_results_no_delete BEFORE DELETE ON regrade_results
BEGIN
    SELECT RAISE(ABORT, 'regrade_results are append-only');
END;
-- What was first given is never written over.
CREATE TRIGGER attempts_result_stays BEFORE UPDATE OF result ON attempts
    WHEN OLD.result IS NOT NULL AND NEW.result IS NOT OLD.result
BEGIN
    SELECT RAISE(ABORT, 'attempts: a result is corrected by a row in regrade_results');
END;
