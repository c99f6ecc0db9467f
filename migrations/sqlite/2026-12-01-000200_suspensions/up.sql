-- What holds a grant back besides a missing certification: a review that nobody answered, or an admin. Open while until_at is
-- null; read by effective_access, so that the past stays askable. One of each cause at a time; each is lifted by itself.
CREATE TABLE grant_suspensions (
    id              TEXT PRIMARY KEY,
    grant_id        TEXT NOT NULL REFERENCES grants (id),
    cause           TEXT NOT NULL CHECK (cause IN ('review', 'admin')),
    from_at         BIGINT NOT NULL,
    until_at        BIGINT,
    -- An admin's words; what a review says stands with the review.
    reason          TEXT NOT NULL DEFAULT '',
    placed_by       TEXT NOT NULL,
    lifted_by       TEXT,
    CHECK (until_at IS NULL OR from_at <= until_at)
);
CREATE UNIQUE INDEX grant_suspensions_open ON grant_suspensions (grant_id, cause) WHERE until_at IS NULL;
CREATE INDEX grant_suspensions_by_grant ON grant_suspensions (grant_id, from_at);

CREATE TRIGGER grant_suspensions_standing_insert AFTER INSERT ON grant_suspensions
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('grant:' || NEW.grant_id, habilis_at());
END;
CREATE TRIGGER grant_suspensions_standing_update AFTER UPDATE ON grant_suspensions
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('grant:' || NEW.grant_id, habilis_at());
    INSERT INTO standing_changes (subject, at) SELECT 'grant:' || OLD.grant_id, habilis_at() WHERE OLD.grant_id <> NEW.grant_id;
END;
CREATE TRIGGER grant_suspensions_standing_delete AFTER DELETE ON grant_suspensions
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('grant:' || OLD.grant_id, habilis_at());
END;

DROP VIEW effective_access;
CREATE VIEW effective_access AS
SELECT g.id AS grant_id, g.person_id, g.role_id, g.warehouse_id, g.request_id, g.policy_id, g.starts_at, g.ends_at
FROM grants g
WHERE g.starts_at <= habilis_at()
  AND habilis_at() < g.ends_at
  AND NOT EXISTS (
      SELECT 1 FROM policy_clauses c
      WHERE c.policy_id = g.policy_id
        AND NOT EXISTS (
            SELECT 1 FROM policy_clauses a
            JOIN certificates k ON k.certification_id = a.certification_id
            WHERE a.policy_id = c.policy_id AND a.clause = c.clause
              AND k.person_id = g.person_id
              AND k.valid_from <= habilis_at() AND habilis_at() < k.ends_at))
  AND NOT EXISTS (
      SELECT 1 FROM disabled_periods d
      WHERE d.person_id = g.person_id AND d.from_at <= habilis_at()
        AND (d.until_at IS NULL OR habilis_at() < d.until_at))
  AND NOT EXISTS (
      SELECT 1 FROM locks l
      WHERE ((l.kind = 'person' AND l.subject_id = g.person_id)
          OR (l.kind = 'role' AND l.subject_id = g.role_id)
          OR (l.kind = 'warehouse' AND l.subject_id = g.warehouse_id))
        AND l.placed_at <= habilis_at()
        AND (l.lifted_at IS NULL OR habilis_at() < l.lifted_at))
  AND NOT EXISTS (
      SELECT 1 FROM grant_suspensions s
      WHERE s.grant_id = g.id AND s.from_at <= habilis_at()
        AND (s.until_at IS NULL OR habilis_at() < s.until_at));
