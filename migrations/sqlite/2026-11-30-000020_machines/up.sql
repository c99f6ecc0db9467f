-- Machines: service accounts, whose tokens rest on what their owner may at that moment, and clients that exchange tokens.

-- How a service account is named in a warehouse, where it is not by its id. One name is one account's.
CREATE TABLE client_logins (
    client_id       TEXT NOT NULL REFERENCES clients (id),
    warehouse_id    TEXT NOT NULL,
    login           TEXT NOT NULL,
    PRIMARY KEY (client_id, warehouse_id)
);
CREATE UNIQUE INDEX client_logins_by_login ON client_logins (warehouse_id, LOWER(login));
CREATE INDEX clients_by_owner ON clients (owner_id) WHERE owner_id IS NOT NULL;

-- What was last seen of the access of an owner to a role that a service account uses: whether it is there, until when,
-- and how many days before its end it was told of.
CREATE TABLE client_accesses (
    client_id       TEXT NOT NULL REFERENCES clients (id),
    role_id         TEXT NOT NULL,
    held            BOOLEAN NOT NULL,
    until_at        BIGINT NOT NULL,
    told_days       BIGINT,
    PRIMARY KEY (client_id, role_id)
);

-- Whether a token was minted for a service account itself: its person is the owner, and it stands while they own it.
ALTER TABLE tokens ADD COLUMN service BOOLEAN NOT NULL DEFAULT FALSE;
CREATE INDEX tokens_by_service ON tokens (client_id, role_id, issued_at) WHERE service;

-- Token exchange (RFC 8693): whose tokens a client may exchange, as a JSON array of clients; who acts, of a token that came of
-- one; and every token that such a one rests on, however long the chain is.
ALTER TABLE clients ADD COLUMN exchanges TEXT;
ALTER TABLE tokens ADD COLUMN act TEXT;
CREATE TABLE token_subjects (
    token_id        TEXT NOT NULL REFERENCES tokens (id),
    subject_id      TEXT NOT NULL REFERENCES tokens (id),
    PRIMARY KEY (token_id, subject_id)
);

-- An account that is handed over is noted, as one that is removed is.
DROP TRIGGER clients_standing_update;
CREATE TRIGGER clients_standing_update AFTER UPDATE OF state, owner_id ON clients
BEGIN
    INSERT INTO standing_changes (subject, at) VALUES ('client:' || NEW.id, habilis_at());
END;
