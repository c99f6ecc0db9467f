-- Events that have neither a position nor wait for one wait from now on.
INSERT INTO log_pending (seq)
    SELECT e.seq FROM events e
    WHERE NOT EXISTS (SELECT 1 FROM log_leaves l WHERE l.event_seq = e.seq)
      AND NOT EXISTS (SELECT 1 FROM log_pending p WHERE p.seq = e.seq)
    ORDER BY e.seq;

-- What waits is one event, and stays that one: moved to another, its own would be forgotten.
CREATE TRIGGER log_pending_no_update BEFORE UPDATE ON log_pending
BEGIN
    SELECT RAISE(ABORT, 'an event leaves log_pending with its position');
END;
