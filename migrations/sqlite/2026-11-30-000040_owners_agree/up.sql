-- Owners agree: a service account gets no token before the one on whose access it rests has agreed to that, by their own hand.
-- Accounts that their owner has registered are agreed to; all others wait.
ALTER TABLE clients ADD COLUMN accepted_at BIGINT;
-- Since when they do not, where they have said so.
ALTER TABLE clients ADD COLUMN declined_at BIGINT;
UPDATE clients SET accepted_at = created_at WHERE owner_id IS NOT NULL AND created_by = owner_id;

-- What is taken back is noted, as a handing over is.
DROP TRIGGER clients_standing_update;
CREATE TRIGGER clients_standing_update AFTER UPDATE OF state, owner_id, accepted_at ON clients
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('client:' || NEW.id, habilis_at());
END;
