-- A certificate that a new version broke is revoked in its status list from the end of its grace on.
CREATE INDEX certificates_superseded ON certificates (ends_at) WHERE state = 'superseded';
