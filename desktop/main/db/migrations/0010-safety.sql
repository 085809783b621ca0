-- What was on the paper, where another drug was sold for it: what is left of a prescription is counted
-- by this one. And whether somebody still has to be asked about the prescription.
ALTER TABLE dispensing ADD COLUMN prescribed_drug TEXT NOT NULL DEFAULT '';
ALTER TABLE dispensing ADD COLUMN verification TEXT NOT NULL DEFAULT 'not-applicable'
  CHECK (verification IN ('pending', 'verified', 'not-applicable'));
UPDATE dispensing SET prescribed_drug = drug, verification =
  (SELECT json_extract(line, '$.data.verification') FROM event WHERE event.seq = dispensing.seq);
CREATE INDEX dispensing_pending ON dispensing (prescription, seq) WHERE verification = 'pending';

-- The centre's last answer about a prescription: what other facilities sold on it. Not derived; it
-- can be asked for again at any time.
CREATE TABLE prescription_check (
  prescription TEXT PRIMARY KEY,
  checked_at TEXT NOT NULL,
  -- Of the last sale on it that the answer is about.
  seq INTEGER NOT NULL CHECK (seq >= 0),
  outcome TEXT NOT NULL CHECK (outcome IN ('verified', 'exceeded')),
  -- JSON list of what other facilities sold, by prescribed drug.
  lines TEXT NOT NULL CHECK (json_valid(lines))
) STRICT, WITHOUT ROWID;
