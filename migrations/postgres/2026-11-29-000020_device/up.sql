-- Tools on devices that a person can not sign in on (RFC 8628): what each asks for, until a person says yes or no somewhere
-- else, or its time is over. Only hashes of both codes stand here.
CREATE TABLE device_codes (
    id              TEXT PRIMARY KEY,
    hash            TEXT NOT NULL UNIQUE,
    user_hash       TEXT NOT NULL UNIQUE,
    client_id       TEXT NOT NULL REFERENCES clients (id),
    scope           TEXT NOT NULL,
    role_id         TEXT,
    resource        TEXT,
    -- From where it was asked for: told to whoever is to agree.
    address         TEXT NOT NULL,
    created_at      BIGINT NOT NULL,
    expires_at      BIGINT NOT NULL,
    -- How long the tool waits between two questions, in seconds; longer each time that it did not.
    wait_seconds    BIGINT NOT NULL,
    asked_at        BIGINT,
    state           TEXT NOT NULL CHECK (state IN ('open', 'allowed', 'denied', 'redeemed')),
    person_id       TEXT REFERENCES persons (id),
    authorization_id TEXT REFERENCES authorizations (id),
    CHECK ((state = 'open') = (person_id IS NULL)),
    CHECK ((state IN ('allowed', 'redeemed')) = (authorization_id IS NOT NULL))
);
CREATE INDEX device_codes_by_end ON device_codes (expires_at);
CREATE INDEX device_codes_by_person ON device_codes (person_id) WHERE person_id IS NOT NULL;

-- Codes that somebody typed and that there are not: by a hash of the person, and by one of the network.
CREATE TABLE device_guesses (
    id              TEXT PRIMARY KEY,
    guesser         TEXT NOT NULL,
    at              BIGINT NOT NULL
);
CREATE INDEX device_guesses_by_guesser ON device_guesses (guesser, at);
CREATE INDEX device_guesses_by_time ON device_guesses (at);

-- The house's own command line signs in this way.
UPDATE clients SET grant_types = '["authorization_code","refresh_token","urn:ietf:params:oauth:grant-type:device_code"]'
WHERE id = 'habilis-cli';
