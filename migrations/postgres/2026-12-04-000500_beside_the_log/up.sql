-- What stands beside the log comes with its event, and is what the event has committed to: words and an address each with a salt
-- where the event has a commitment, and nothing where it has none. Nothing is put beside an event later.
CREATE FUNCTION habilis_as_committed() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.erased_at IS NOT NULL
        OR (NEW.address IS NULL) <> (NEW.address_salt IS NULL)
        OR (NEW.texts IS NULL) <> (NEW.texts_salt IS NULL)
        OR NOT EXISTS (SELECT 1 FROM events e WHERE e.id = NEW.event_id
            AND (e.address_commitment IS NULL) = (NEW.address IS NULL)
            AND (e.texts_commitment IS NULL) = (NEW.texts IS NULL)) THEN
        RAISE EXCEPTION 'event_private: the event has not committed to this' USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN NEW;
END
$$;
CREATE TRIGGER event_private_as_committed BEFORE INSERT ON event_private FOR EACH ROW EXECUTE FUNCTION habilis_as_committed();
