-- Who has stopped a stream: what an admin has stopped, its receiver does not resume.
ALTER TABLE signal_streams ADD COLUMN stopped_by TEXT CHECK (stopped_by IN ('admin', 'receiver', 'house'));
UPDATE signal_streams SET stopped_by = 'admin'
    WHERE status <> 'enabled' AND status_reason = 'an admin of the transmitter has done this';

-- How far a lock on a role or a warehouse was spread over those who hold roles there: the id of the last of them.
ALTER TABLE signals ADD COLUMN after_id TEXT;
