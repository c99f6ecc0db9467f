-- That a grant ends soon is told once: those that nobody was told of are found without looking at the others.
ALTER TABLE grants ADD COLUMN end_told_at BIGINT;
CREATE INDEX grants_end_untold ON grants (ends_at) WHERE end_told_at IS NULL AND state IN ('active', 'suspended');
