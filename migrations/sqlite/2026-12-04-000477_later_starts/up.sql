-- Access that began later than it was given, in the order in which it began.
CREATE INDEX grants_by_later_start ON grants (starts_at, id) WHERE granted_at < starts_at;
