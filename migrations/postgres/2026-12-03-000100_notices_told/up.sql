-- That a grant ends soon is told once: those that nobody was told of are found without looking at the others.
ALTER TABLE grants ADD COLUMN end_told_at BIGINT;
CREATE INDEX grants_end_untold ON grants (ends_at) WHERE end_told_at IS NULL AND state IN ('active', 'suspended');
-- What was told of one thing is put aside together: the keys of its notices begin alike, byte by byte. The index that keeps them
-- unique is in the order of the database's language.
CREATE INDEX notices_by_key ON notices (once_key COLLATE "C");
