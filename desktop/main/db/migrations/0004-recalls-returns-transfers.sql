-- The centre's recalls (reference data), and what follows from acknowledgements, customer returns
-- and transfers (derived: db/apply-event.ts).

CREATE TABLE recall (
  number TEXT PRIMARY KEY,
  drug TEXT NOT NULL,
  level INTEGER NOT NULL CHECK (level IN (1, 2, 3)),
  -- JSON list of lot numbers; NULL names every lot of the drug.
  lots TEXT CHECK (json_valid(lots)),
  -- The whole of it as JSON (shared/model/recall.ts).
  entry TEXT NOT NULL CHECK (json_valid(entry))
) STRICT, WITHOUT ROWID;

CREATE INDEX recall_by_drug ON recall (drug, level, number);

CREATE TABLE recall_acknowledgement (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  number TEXT NOT NULL,
  at TEXT NOT NULL
) STRICT;

CREATE INDEX recall_acknowledgement_by_number ON recall_acknowledgement (number, seq);

CREATE TABLE sale_return (
  seq INTEGER NOT NULL REFERENCES event (seq),
  line INTEGER NOT NULL CHECK (line >= 0),
  sale_seq INTEGER NOT NULL REFERENCES sale (seq),
  -- Place of the sold line in its sale, from 0.
  sale_line INTEGER NOT NULL CHECK (sale_line >= 0),
  drug TEXT NOT NULL,
  lot TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  units INTEGER NOT NULL CHECK (units > 0),
  refund_vnd INTEGER NOT NULL CHECK (refund_vnd >= 0),
  PRIMARY KEY (seq, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX sale_return_by_sale ON sale_return (sale_seq, sale_line);

CREATE TABLE transfer (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  transfer_id TEXT NOT NULL,
  direction TEXT NOT NULL CHECK (direction IN ('sent', 'received')),
  facility_code TEXT NOT NULL,
  facility_name TEXT NOT NULL,
  at TEXT NOT NULL,
  -- A transfer is taken in once.
  UNIQUE (transfer_id, direction)
) STRICT;
