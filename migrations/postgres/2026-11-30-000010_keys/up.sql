-- Keys of Ed25519, for the warehouses that ask for them; and what a client proves itself with, remembered like tokens are.
ALTER TABLE keys DROP CONSTRAINT keys_algorithm_check;
ALTER TABLE keys ADD CONSTRAINT keys_algorithm_check CHECK (algorithm IN ('ES256', 'RS256', 'EdDSA'));

-- Secrets of clients: one that was ended proves nothing any more.
CREATE TRIGGER client_secrets_standing AFTER UPDATE OF client_id, hash, ended_at OR DELETE ON client_secrets FOR EACH ROW
    EXECUTE FUNCTION habilis_standing('client', 'client_id');
CREATE TRIGGER client_secrets_standing_truncate BEFORE TRUNCATE ON client_secrets FOR EACH STATEMENT
    EXECUTE FUNCTION habilis_refuse('delete row by row instead');
