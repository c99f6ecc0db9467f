-- Fewer pages for every line of the log: an index holds only the lines that it can find.
DROP INDEX events_by_role;
CREATE INDEX events_by_role ON events (role_id, seq) WHERE role_id IS NOT NULL;
DROP INDEX events_by_subject;
CREATE INDEX events_by_subject ON events (subject_id, seq) WHERE subject_id IS NOT NULL;
DROP INDEX events_by_person;
CREATE INDEX events_by_person ON events (person_id, seq) WHERE person_id IS NOT NULL;
DROP INDEX events_by_person_time;
CREATE INDEX events_by_person_time ON events (person_id, at) WHERE person_id IS NOT NULL;
-- What people do to themselves is found by `events_by_person`; what they do to others, here.
DROP INDEX events_by_actor;
CREATE INDEX events_by_actor ON events (actor, seq) WHERE person_id IS DISTINCT FROM actor;

-- Grants that have not begun, and a person's grants of a role: for the holders' list by state.
CREATE INDEX grants_by_start ON grants (starts_at);
CREATE INDEX grants_by_person_role ON grants (person_id, role_id);

-- What has not ended, in the order in which it was given: the long history before it is passed over.
CREATE INDEX grants_live ON grants (id) WHERE state IN ('scheduled', 'active', 'suspended');
CREATE INDEX grants_live_by_role ON grants (role_id, id) WHERE state IN ('scheduled', 'active', 'suspended');
CREATE INDEX grants_live_by_warehouse ON grants (warehouse_id, id) WHERE state IN ('scheduled', 'active', 'suspended');
CREATE INDEX grants_ended_by_end ON grants (ends_at) WHERE state = 'ended';
