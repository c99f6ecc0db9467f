-- The data sets of SQL exercises by the hash of their texts, so that an attempt is judged on the data that it began with.
CREATE TABLE lab_datasets (
    hash            TEXT PRIMARY KEY,
    course_id       TEXT NOT NULL,
    dataset_id      TEXT NOT NULL,
    -- schema, visible and hidden rows, as JSON.
    texts           TEXT NOT NULL
);
