-- When the end of a certificate or of a grant was lowered, and what it was before: what was known at a moment is what the first
-- step after it found.
CREATE TABLE lowered_ends (
    subject_id      TEXT NOT NULL,
    at              BIGINT NOT NULL,
    was             BIGINT NOT NULL,
    PRIMARY KEY (subject_id, at)
);
CREATE INDEX lowered_ends_by_end ON lowered_ends (was);

-- What was lowered already. A certificate has its first end beside the other one; that of one which was superseded before it was
-- revoked, and that of a grant, stand in the log.
INSERT INTO lowered_ends (subject_id, at, was)
SELECT k.id, MIN(c.at), k.expires_at FROM certificates k JOIN state_changes c ON c.subject_id = k.id
WHERE k.state <> 'valid' AND k.ends_at < k.expires_at AND c.from_state = 'valid' AND c.to_state IN ('superseded', 'revoked')
GROUP BY k.id, k.expires_at;
INSERT INTO lowered_ends (subject_id, at, was)
SELECT id, MAX(at), MIN(was) FROM (
    SELECT k.id, c.at, CAST(strftime('%s', substr(json_extract(e.data, '$.counts_until'), 1, 19)) AS INTEGER) * 1000000
        + CAST(ROUND(1000000 * CAST('0' || rtrim(substr(json_extract(e.data, '$.counts_until'), 20), 'Z') AS REAL)) AS INTEGER) AS was
    FROM certificates k JOIN state_changes c ON c.subject_id = k.id AND c.from_state = 'superseded' AND c.to_state = 'revoked'
    JOIN events e ON e.subject_id = k.id AND e.kind = 'certificate.superseded' WHERE k.state = 'revoked'
) z WHERE was IS NOT NULL GROUP BY id ON CONFLICT DO NOTHING;
INSERT INTO lowered_ends (subject_id, at, was)
SELECT id, MAX(at), MAX(was) FROM (
    SELECT g.id, g.ends_at, c.at, CAST(strftime('%s', substr(json_extract(e.data, '$.ends_at'), 1, 19)) AS INTEGER) * 1000000
        + CAST(ROUND(1000000 * CAST('0' || rtrim(substr(json_extract(e.data, '$.ends_at'), 20), 'Z') AS REAL)) AS INTEGER) AS was
    FROM grants g JOIN state_changes c ON c.subject_id = g.id AND c.to_state = 'ended'
    JOIN events e ON e.subject_id = g.id AND e.kind = 'grant.given' WHERE g.state = 'ended'
) z WHERE was > ends_at GROUP BY id ON CONFLICT DO NOTHING;
