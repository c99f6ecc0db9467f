-- When a policy lets its roles be used: for every rule, one of its windows must be open. Windows are told on the zone's own clock,
-- in microseconds since its Monday, 00:00.
CREATE TABLE policy_hours (
    policy_id       TEXT NOT NULL REFERENCES policies (id),
    rule            BIGINT NOT NULL,
    zone            TEXT NOT NULL,
    from_micros     BIGINT NOT NULL,
    until_micros    BIGINT NOT NULL,
    PRIMARY KEY (policy_id, rule, from_micros),
    CHECK (0 <= from_micros AND from_micros < until_micros AND until_micros <= 604800000000)
);
-- How far the clock of such a zone was, is and will be ahead of UTC: kept by the service, from the time zone database.
CREATE TABLE zone_offsets (
    zone            TEXT NOT NULL,
    from_at         BIGINT NOT NULL,
    until_at        BIGINT NOT NULL,
    offset_micros   BIGINT NOT NULL,
    PRIMARY KEY (zone, from_at)
);

-- A grant that must be claimed by a moment, and when it was: by the first token under it, or by saying so.
ALTER TABLE grants ADD COLUMN claim_by_at BIGINT;
ALTER TABLE grants ADD COLUMN claimed_at BIGINT;
CREATE INDEX grants_unclaimed ON grants (claim_by_at)
    WHERE claim_by_at IS NOT NULL AND claimed_at IS NULL AND state IN ('scheduled', 'active', 'suspended');

-- From when on access is asked for; none means from the decision on.
ALTER TABLE requests ADD COLUMN starts_at BIGINT;

-- The one rule of access (I1), with hours and claims. 345600000000 is the Monday after the epoch's Thursday.
DROP VIEW effective_access;
CREATE VIEW effective_access AS
SELECT g.id AS grant_id, g.person_id, g.role_id, g.warehouse_id, g.request_id, g.policy_id, g.starts_at, g.ends_at
FROM grants g
WHERE g.starts_at <= habilis_at()
  AND habilis_at() < g.ends_at
  AND (g.claim_by_at IS NULL OR habilis_at() < g.claim_by_at OR g.claimed_at <= habilis_at())
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
      SELECT 1 FROM policy_hours h
      WHERE h.policy_id = g.policy_id
        AND NOT EXISTS (
            SELECT 1 FROM policy_hours w
            JOIN zone_offsets z ON z.zone = w.zone AND z.from_at <= habilis_at() AND habilis_at() < z.until_at
            WHERE w.policy_id = h.policy_id AND w.rule = h.rule
              AND w.from_micros <= (habilis_at() + z.offset_micros - 345600000000) % 604800000000
              AND (habilis_at() + z.offset_micros - 345600000000) % 604800000000 < w.until_micros))
  AND NOT EXISTS (
      SELECT 1 FROM disabled_periods d
      WHERE d.person_id = g.person_id AND d.from_at <= habilis_at()
        AND (d.until_at IS NULL OR habilis_at() < d.until_at))
  AND NOT EXISTS (
      SELECT 1 FROM grant_suspensions s
      WHERE s.grant_id = g.id AND s.from_at <= habilis_at()
        AND (s.until_at IS NULL OR habilis_at() < s.until_at))
  AND NOT EXISTS (
      SELECT 1 FROM locks l
      WHERE ((l.kind = 'person' AND l.subject_id = g.person_id)
          OR (l.kind = 'role' AND l.subject_id = g.role_id)
          OR (l.kind = 'warehouse' AND l.subject_id = g.warehouse_id))
        AND l.placed_at <= habilis_at()
        AND (l.lifted_at IS NULL OR habilis_at() < l.lifted_at));

-- What a verdict rests on is noted, here too.
CREATE TRIGGER policy_hours_standing AFTER INSERT OR UPDATE OR DELETE ON policy_hours FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('policy', 'policy_id');
CREATE FUNCTION habilis_zone_standing() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP <> 'INSERT' THEN
        INSERT INTO standing_changes (subject, at)
            SELECT DISTINCT 'policy:' || h.policy_id, habilis_at() FROM policy_hours h WHERE h.zone = OLD.zone;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        INSERT INTO standing_changes (subject, at)
            SELECT DISTINCT 'policy:' || h.policy_id, habilis_at() FROM policy_hours h WHERE h.zone = NEW.zone;
    END IF;
    RETURN NULL;
END
$$;
CREATE TRIGGER zone_offsets_standing AFTER INSERT OR UPDATE OR DELETE ON zone_offsets FOR EACH ROW
    EXECUTE FUNCTION habilis_zone_standing();
DROP TRIGGER grants_standing ON grants;
CREATE TRIGGER grants_standing AFTER UPDATE OF person_id, role_id, warehouse_id, policy_id, starts_at, ends_at, claim_by_at, claimed_at OR DELETE ON grants FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('grant', 'id');
CREATE TRIGGER policy_hours_standing_truncate BEFORE TRUNCATE ON policy_hours FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
CREATE TRIGGER zone_offsets_standing_truncate BEFORE TRUNCATE ON zone_offsets FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
