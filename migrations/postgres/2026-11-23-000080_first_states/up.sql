-- What was missing: a row begins in a first state of its lifecycle, as changes follow `transitions`.
CREATE FUNCTION habilis_first_state() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (SELECT 1 FROM transitions
        WHERE entity = TG_ARGV[0] AND from_state = '' AND to_state = NEW.state) THEN
        RAISE EXCEPTION '%: this is no first state', TG_ARGV[0] USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER attempts_first BEFORE INSERT ON attempts FOR EACH ROW EXECUTE FUNCTION habilis_first_state('attempt');
CREATE TRIGGER certificates_first BEFORE INSERT ON certificates FOR EACH ROW EXECUTE FUNCTION habilis_first_state('certificate');
CREATE TRIGGER requests_first BEFORE INSERT ON requests FOR EACH ROW EXECUTE FUNCTION habilis_first_state('request');
CREATE TRIGGER grants_first BEFORE INSERT ON grants FOR EACH ROW EXECUTE FUNCTION habilis_first_state('grant');

-- What stands beside the log is taken away, never replaced: an address goes; words go, or lose the salt of their commitment,
-- so that nobody can pass what is left for what was said.
DROP TRIGGER event_private_only_erased ON event_private;
CREATE TRIGGER event_private_only_erased BEFORE UPDATE ON event_private FOR EACH ROW
    WHEN (NEW.erased_at IS NULL OR NEW.event_id <> OLD.event_id
        OR NOT ((NEW.address IS NOT DISTINCT FROM OLD.address AND NEW.address_salt IS NOT DISTINCT FROM OLD.address_salt)
            OR (NEW.address IS NULL AND NEW.address_salt IS NULL))
        OR NOT ((NEW.texts IS NOT DISTINCT FROM OLD.texts AND NEW.texts_salt IS NOT DISTINCT FROM OLD.texts_salt)
            OR NEW.texts_salt IS NULL))
    EXECUTE FUNCTION habilis_refuse('erase a person instead');

-- What the sweep looks for every few seconds.
CREATE INDEX certificates_ended ON certificates (ends_at) WHERE state <> 'valid';
CREATE INDEX grants_suspended ON grants (person_id) WHERE state = 'suspended';
