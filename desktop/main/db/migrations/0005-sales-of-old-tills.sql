-- A void or a return may name a sale of the till whose place this one took. So both are kept by the
-- sale's own id, and follow from this till's journal alone. What the old tills had sold comes from the
-- centre, sealed as it was, with the recovery (sync/recover-till.ts); it never changes here.
CREATE TABLE void_by_sale (
  sale_id TEXT PRIMARY KEY,
  seq INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  reason TEXT NOT NULL
) STRICT;

INSERT INTO void_by_sale
SELECT sale.id, void.seq, void.reason FROM void JOIN sale ON sale.seq = void.sale_seq;

DROP TABLE void;
ALTER TABLE void_by_sale RENAME TO void;

CREATE TABLE sale_return_of_id (
  seq INTEGER NOT NULL REFERENCES event (seq),
  line INTEGER NOT NULL CHECK (line >= 0),
  sale_id TEXT NOT NULL,
  -- Place of the sold line in its sale, from 0.
  sale_line INTEGER NOT NULL CHECK (sale_line >= 0),
  drug TEXT NOT NULL,
  lot TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  units INTEGER NOT NULL CHECK (units > 0),
  refund_vnd INTEGER NOT NULL CHECK (refund_vnd >= 0),
  PRIMARY KEY (seq, line)
) STRICT, WITHOUT ROWID;

INSERT INTO sale_return_of_id
SELECT sale_return.seq, line, sale.id, sale_line, drug, lot, expires_on, units, refund_vnd
FROM sale_return JOIN sale ON sale.seq = sale_return.sale_seq;

DROP TABLE sale_return;
ALTER TABLE sale_return_of_id RENAME TO sale_return;
CREATE INDEX sale_return_by_sale ON sale_return (sale_id, sale_line);

CREATE TABLE old_sale (
  -- Before everything this till sold: 0 and less, in the order in which it was sold.
  position INTEGER PRIMARY KEY CHECK (position <= 0),
  id TEXT NOT NULL UNIQUE,
  till TEXT NOT NULL,
  -- Its number in that till's journal.
  seq INTEGER NOT NULL CHECK (seq >= 1),
  slip TEXT NOT NULL,
  at TEXT NOT NULL,
  business_date TEXT NOT NULL,
  by_staff TEXT NOT NULL,
  line_count INTEGER NOT NULL CHECK (line_count >= 1),
  total_vnd INTEGER NOT NULL CHECK (total_vnd >= 0),
  line TEXT NOT NULL,
  hash TEXT NOT NULL CHECK (length(hash) = 64),
  -- Voided by an old till; a void by this one stands in its own journal.
  void_reason TEXT,
  UNIQUE (till, seq)
) STRICT;

CREATE INDEX old_sale_by_day ON old_sale (business_date, position, total_vnd);

CREATE TABLE old_sale_return (
  till TEXT NOT NULL,
  seq INTEGER NOT NULL CHECK (seq >= 1),
  line INTEGER NOT NULL CHECK (line >= 0),
  sale_id TEXT NOT NULL,
  sale_line INTEGER NOT NULL CHECK (sale_line >= 0),
  drug TEXT NOT NULL,
  lot TEXT NOT NULL,
  expires_on TEXT NOT NULL,
  units INTEGER NOT NULL CHECK (units > 0),
  refund_vnd INTEGER NOT NULL CHECK (refund_vnd >= 0),
  PRIMARY KEY (till, seq, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX old_sale_return_by_sale ON old_sale_return (sale_id, sale_line);

CREATE TRIGGER old_sale_is_never_updated BEFORE UPDATE ON old_sale
BEGIN SELECT RAISE(ABORT, 'I3: a stored event never changes'); END;
CREATE TRIGGER old_sale_is_never_deleted BEFORE DELETE ON old_sale
BEGIN SELECT RAISE(ABORT, 'I3: a stored event is never deleted'); END;
CREATE TRIGGER old_sale_return_is_never_updated BEFORE UPDATE ON old_sale_return
BEGIN SELECT RAISE(ABORT, 'I3: a stored event never changes'); END;
CREATE TRIGGER old_sale_return_is_never_deleted BEFORE DELETE ON old_sale_return
BEGIN SELECT RAISE(ABORT, 'I3: a stored event is never deleted'); END;
