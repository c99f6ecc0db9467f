-- What the sweep looks for every few seconds.
CREATE INDEX certificates_ended ON certificates (ends_at) WHERE state <> 'valid';
CREATE INDEX grants_suspended ON grants (person_id) WHERE state = 'suspended';
