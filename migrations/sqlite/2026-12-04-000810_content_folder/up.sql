-- Where a version's files were read from: a folder, or the sample that is built in; null for versions from before.
ALTER TABLE content_versions ADD COLUMN folder TEXT;
