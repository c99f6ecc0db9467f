-- Which grants ran at a moment long ago: none lasts longer than the longest, so that those which began before that are passed over.
CREATE INDEX grants_by_length ON grants ((ends_at - starts_at));
-- What was given of a role in a period, and how a person was known elsewhere, also where that has ended.
CREATE INDEX grants_by_role_given ON grants (role_id, granted_at, id);
CREATE INDEX identities_of_person ON identities (person_id);
