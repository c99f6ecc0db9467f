-- The network from which a device asked: what one caller can choose addresses from has so many open codes at most.
ALTER TABLE device_codes ADD COLUMN network TEXT NOT NULL DEFAULT '';
CREATE INDEX device_codes_open_by_network ON device_codes (network, expires_at) WHERE state = 'open';
