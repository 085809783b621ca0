-- What the till whose place this one took had sold of prescriptions (sync/recover-till.ts): the same
-- paper gives no more at the new machine than at the old. Handed over once; it never changes here.
CREATE TABLE old_dispensing (
  till TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  line INTEGER NOT NULL CHECK (line >= 0),
  prescription TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  drug TEXT NOT NULL,
  prescribed_units INTEGER NOT NULL CHECK (prescribed_units > 0),
  dispensed_units INTEGER NOT NULL CHECK (dispensed_units >= 0),
  PRIMARY KEY (till, seq, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX old_dispensing_by_prescription ON old_dispensing (prescription);

CREATE TRIGGER old_dispensing_is_never_updated BEFORE UPDATE ON old_dispensing
BEGIN SELECT RAISE(ABORT, 'I3: a stored event never changes'); END;
CREATE TRIGGER old_dispensing_is_never_deleted BEFORE DELETE ON old_dispensing
BEGIN SELECT RAISE(ABORT, 'I3: a stored event is never deleted'); END;
