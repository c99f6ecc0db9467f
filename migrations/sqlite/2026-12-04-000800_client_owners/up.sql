-- On whose access a service account rested, and since and until when: from the instant at which its owner agreed to it until they
-- took that back, it was handed over, it was to do more, or it was removed. What is there already is taken from the accounts, and
-- what was before from the events; they tell of each handing over twice, once for each of the two.
CREATE TABLE client_owners (
    client_id       TEXT NOT NULL REFERENCES clients (id),
    person_id       TEXT NOT NULL REFERENCES persons (id),
    from_at         BIGINT NOT NULL,
    until_at        BIGINT,
    PRIMARY KEY (client_id, person_id, from_at)
);
CREATE INDEX client_owners_by_person ON client_owners (person_id, from_at);

INSERT INTO client_owners (client_id, person_id, from_at, until_at)
SELECT id, owner_id, accepted_at, removed_at FROM clients WHERE owner_id IS NOT NULL AND accepted_at IS NOT NULL;

INSERT INTO client_owners (client_id, person_id, from_at, until_at)
SELECT b.client_id, b.person_id, b.from_at, b.until_at FROM (
    SELECT s.subject_id AS client_id, s.person_id, s.at AS from_at, (
        SELECT MIN(e.at) FROM events e WHERE e.subject_id = s.subject_id AND e.seq > s.seq
        AND (e.kind IN ('client.owner_changed', 'client.declined', 'client.removed')
             OR (e.kind = 'client.changed' AND e.data LIKE '%"asks_owner":true%'))
    ) AS until_at
    FROM events s JOIN clients k ON k.id = s.subject_id JOIN persons p ON p.id = s.person_id
    WHERE s.kind = 'client.accepted'
       OR (s.kind = 'client.owner_changed' AND s.data LIKE '%"accepted":true%' AND s.data LIKE '%"to":"' || s.person_id || '"%')
       OR (s.kind = 'client.registered' AND (s.data LIKE '%"accepted":true%'
           -- Before owners agreed, an account was agreed to where its owner had registered it.
           OR (s.data NOT LIKE '%"accepted":%' AND s.actor = s.person_id)))
) b WHERE b.until_at IS NOT NULL
ON CONFLICT (client_id, person_id, from_at) DO NOTHING;
