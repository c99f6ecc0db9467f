-- Names without case and accents, so that people are found however they are typed; the service folds them, the same on
-- every engine. Those who were there before are folded by the next sweep.
ALTER TABLE persons ADD COLUMN folded TEXT NOT NULL DEFAULT '';
CREATE INDEX persons_unfolded ON persons (id) WHERE folded = '';
