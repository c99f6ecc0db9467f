-- The service walks through the whole log again and again, some events at a time, and keeps what each walk came to: what is asked of
-- the log looks at its end alone, and takes the rest from the last walk. One that has ended stays what it was.
CREATE TABLE log_walks (
    begun_at        BIGINT PRIMARY KEY,
    size            BIGINT NOT NULL CHECK (size > 0),
    last_seq        BIGINT NOT NULL,
    position        BIGINT NOT NULL CHECK (position BETWEEN 0 AND size),
    seq             BIGINT NOT NULL CHECK (seq <= last_seq),
    latest          BIGINT,
    wrong           BIGINT NOT NULL CHECK (wrong >= 0),
    first_wrong     TEXT CHECK ((first_wrong IS NULL) = (wrong = 0)),
    late            BIGINT NOT NULL CHECK (late >= 0),
    first_late      BIGINT CHECK ((first_late IS NULL) = (late = 0)),
    ended_at        BIGINT CHECK (ended_at IS NULL OR (ended_at >= begun_at AND position = size AND seq = last_seq))
);
CREATE INDEX log_walks_by_end ON log_walks (ended_at);
CREATE TRIGGER log_walks_stay BEFORE UPDATE ON log_walks FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL)
    EXECUTE FUNCTION habilis_refuse('stays what it was');

-- The checkpoint that was signed last by a moment.
CREATE INDEX log_checkpoints_by_time ON log_checkpoints (at, size);
