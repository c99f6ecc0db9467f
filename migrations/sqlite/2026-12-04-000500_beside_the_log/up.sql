-- What stands beside the log comes with its event, and is what the event has committed to: words and an address each with a salt
-- where the event has a commitment, and nothing where it has none. Nothing is put beside an event later.
CREATE TRIGGER event_private_as_committed BEFORE INSERT ON event_private
    WHEN NEW.erased_at IS NOT NULL
        OR (NEW.address IS NULL) <> (NEW.address_salt IS NULL)
        OR (NEW.texts IS NULL) <> (NEW.texts_salt IS NULL)
        OR NOT EXISTS (SELECT 1 FROM events e WHERE e.id = NEW.event_id
            AND (e.address_commitment IS NULL) = (NEW.address IS NULL)
            AND (e.texts_commitment IS NULL) = (NEW.texts IS NULL))
BEGIN
    SELECT RAISE(ABORT, 'event_private: the event has not committed to this');
END;
