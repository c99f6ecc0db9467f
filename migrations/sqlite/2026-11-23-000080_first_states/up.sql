-- What was missing: a row begins in a first state of its lifecycle, as changes follow `transitions`.
CREATE TRIGGER attempts_first BEFORE INSERT ON attempts
BEGIN
    SELECT RAISE(ABORT, 'attempt: this is no first state')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'attempt' AND from_state = '' AND to_state = NEW.state);
END;
CREATE TRIGGER certificates_first BEFORE INSERT ON certificates
BEGIN
    SELECT RAISE(ABORT, 'certificate: this is no first state')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'certificate' AND from_state = '' AND to_state = NEW.state);
END;
CREATE TRIGGER requests_first BEFORE INSERT ON requests
BEGIN
    SELECT RAISE(ABORT, 'request: this is no first state')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'request' AND from_state = '' AND to_state = NEW.state);
END;
CREATE TRIGGER grants_first BEFORE INSERT ON grants
BEGIN
    SELECT RAISE(ABORT, 'grant: this is no first state')
    WHERE NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = 'grant' AND from_state = '' AND to_state = NEW.state);
END;

-- What stands beside the log is taken away, never replaced: an address goes; words go, or lose the salt of their commitment,
-- so that nobody can pass what is left for what was said.
DROP TRIGGER event_private_only_erased;
CREATE TRIGGER event_private_only_erased BEFORE UPDATE ON event_private
    WHEN NEW.erased_at IS NULL OR NEW.event_id IS NOT OLD.event_id
        OR NOT ((NEW.address IS OLD.address AND NEW.address_salt IS OLD.address_salt)
            OR (NEW.address IS NULL AND NEW.address_salt IS NULL))
        OR NOT ((NEW.texts IS OLD.texts AND NEW.texts_salt IS OLD.texts_salt) OR NEW.texts_salt IS NULL)
BEGIN
    SELECT RAISE(ABORT, 'event_private: erase a person instead');
END;

-- What the sweep looks for every few seconds.
CREATE INDEX certificates_ended ON certificates (ends_at) WHERE state <> 'valid';
CREATE INDEX grants_suspended ON grants (person_id) WHERE state = 'suspended';
