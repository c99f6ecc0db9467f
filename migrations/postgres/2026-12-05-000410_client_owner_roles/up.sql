-- The roles that an account could use while it rested on somebody's access, as `clients` has them: where they change, one time ends
-- and the next begins. What there is already is cut where the events tell of such a change, and where nothing of it is told an
-- account could use what it can today.
ALTER TABLE client_owners ADD COLUMN roles TEXT;

INSERT INTO client_owners (client_id, person_id, from_at, until_at)
SELECT o.client_id, o.person_id, e.at, o.until_at FROM client_owners o JOIN events e ON e.subject_id = o.client_id
WHERE e.kind = 'client.changed' AND (e.data LIKE '%"roles",%' OR e.data LIKE '%"roles"]%')
    AND e.at > o.from_at AND (o.until_at IS NULL OR e.at < o.until_at)
ON CONFLICT (client_id, person_id, from_at) DO NOTHING;

UPDATE client_owners SET until_at = (
    SELECT MIN(n.from_at) FROM client_owners n WHERE n.client_id = client_owners.client_id
    AND n.person_id = client_owners.person_id AND n.from_at > client_owners.from_at
) WHERE EXISTS (
    SELECT 1 FROM client_owners n WHERE n.client_id = client_owners.client_id
    AND n.person_id = client_owners.person_id AND n.from_at > client_owners.from_at
    AND (client_owners.until_at IS NULL OR n.from_at < client_owners.until_at)
);

UPDATE client_owners SET roles = COALESCE((
    SELECT CAST(e.data AS JSON) ->> 'roles' FROM events e WHERE e.subject_id = client_owners.client_id
    AND e.kind IN ('client.registered', 'client.changed') AND e.at <= client_owners.from_at ORDER BY e.at DESC, e.seq DESC LIMIT 1
), (SELECT k.roles FROM clients k WHERE k.id = client_owners.client_id));
UPDATE client_owners SET roles = (SELECT k.roles FROM clients k WHERE k.id = client_owners.client_id) WHERE until_at IS NULL;
