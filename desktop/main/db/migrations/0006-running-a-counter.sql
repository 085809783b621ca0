-- Prescriptions, shifts, the shop's own products and its staff: derived (db/apply-event.ts), but for
-- the PINs, which no journal holds.

-- A shift's figures tell ways of paying apart.
ALTER TABLE sale ADD COLUMN payment_method TEXT NOT NULL DEFAULT 'cash';
UPDATE sale SET payment_method =
  (SELECT json_extract(line, '$.data.payment.method') FROM event WHERE event.seq = sale.seq);

CREATE TABLE dispensing (
  seq INTEGER NOT NULL REFERENCES event (seq),
  line INTEGER NOT NULL CHECK (line >= 0),
  -- What makes two papers the same prescription (shared/rules/prescription.ts).
  prescription TEXT NOT NULL,
  code TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('electronic', 'paper')),
  issued_on TEXT NOT NULL,
  valid_until TEXT NOT NULL,
  sale_id TEXT NOT NULL,
  slip TEXT NOT NULL,
  at TEXT NOT NULL,
  drug TEXT NOT NULL,
  prescribed_units INTEGER NOT NULL CHECK (prescribed_units > 0),
  dispensed_units INTEGER NOT NULL CHECK (dispensed_units >= 0),
  PRIMARY KEY (seq, line)
) STRICT, WITHOUT ROWID;

CREATE INDEX dispensing_by_prescription ON dispensing (prescription, seq);

CREATE TABLE shift (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  id TEXT NOT NULL UNIQUE,
  number INTEGER NOT NULL UNIQUE CHECK (number >= 1),
  opened_at TEXT NOT NULL,
  opened_by TEXT NOT NULL,
  opening_cash_vnd INTEGER NOT NULL CHECK (opening_cash_vnd >= 0)
) STRICT;

CREATE TABLE shift_closing (
  seq INTEGER PRIMARY KEY REFERENCES event (seq),
  shift_id TEXT NOT NULL UNIQUE,
  closed_at TEXT NOT NULL,
  sale_count INTEGER NOT NULL CHECK (sale_count >= 0),
  sales_vnd INTEGER NOT NULL CHECK (sales_vnd >= 0),
  cash_difference_vnd INTEGER NOT NULL
) STRICT;

CREATE TABLE local_product (
  code TEXT PRIMARY KEY,
  -- Of the last definition.
  seq INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  defined_at TEXT NOT NULL,
  -- The whole of it as JSON (shared/events/local-product-defined.ts).
  definition TEXT NOT NULL CHECK (json_valid(definition))
) STRICT, WITHOUT ROWID;

CREATE TABLE staff (
  staff_id TEXT PRIMARY KEY,
  -- Of the last change.
  seq INTEGER NOT NULL UNIQUE REFERENCES event (seq),
  changed_at TEXT NOT NULL,
  -- The whole of it as JSON (shared/model/staff.ts).
  member TEXT NOT NULL CHECK (json_valid(member))
) STRICT, WITHOUT ROWID;

-- Salted and slow (commands/staff-pin.ts). Not derived: another till asks for a new PIN.
CREATE TABLE staff_pin (
  staff_id TEXT PRIMARY KEY,
  salt TEXT NOT NULL,
  hash TEXT NOT NULL,
  wrong_tries INTEGER NOT NULL DEFAULT 0 CHECK (wrong_tries >= 0),
  tried_at_ms INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;
