-- Locks have a history as everything else that moves along transitions; those that are there already get theirs from what their
-- rows say. The id of a step is its lock's with another prefix, and of the second step in another form of UUID, as each is one.
INSERT INTO state_changes (id, entity, subject_id, from_state, to_state, at, actor, reason)
SELECT 'chg_' || substr(id, 5), 'lock', id, '', 'placed', placed_at, placed_by, '' FROM locks;
INSERT INTO state_changes (id, entity, subject_id, from_state, to_state, at, actor, reason)
SELECT 'chg_' || substr(id, 5, 12) || '8' || substr(id, 18), 'lock', id, 'placed', 'lifted', lifted_at, COALESCE(lifted_by, ''), 'lifted'
FROM locks WHERE lifted_at IS NOT NULL;
INSERT INTO change_notes (change_id, note)
SELECT 'chg_' || substr(id, 5), reason FROM locks WHERE reason <> '';
