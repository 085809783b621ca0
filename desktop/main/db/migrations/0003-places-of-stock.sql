-- Every kind of movement, and quarantine as a place of its own: what stands there is on hand and
-- cannot be sold. `movement` is made anew because SQLite cannot change a CHECK; kinds are checked
-- by the one list of them (shared/rules/movements.ts), which grows with every new event type.
CREATE TABLE movement_by_place (
  seq INTEGER NOT NULL REFERENCES event (seq),
  line INTEGER NOT NULL CHECK (line >= 0),
  drug TEXT NOT NULL,
  lot TEXT NOT NULL,
  expires_on TEXT NOT NULL CHECK (expires_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
  kind TEXT NOT NULL,
  place TEXT NOT NULL CHECK (place IN ('shelf', 'quarantine')),
  units INTEGER NOT NULL CHECK (units <> 0),
  amount_vnd INTEGER NOT NULL CHECK (amount_vnd >= 0),
  PRIMARY KEY (seq, line)
) STRICT, WITHOUT ROWID;

INSERT INTO movement_by_place
SELECT seq, line, drug, lot, expires_on, kind, 'shelf', units, amount_vnd FROM movement;

DROP TABLE movement;
ALTER TABLE movement_by_place RENAME TO movement;

-- Covers the running balance of a drug's card.
CREATE INDEX movement_by_drug ON movement (drug, seq, line, lot, expires_on, units);
-- Opening stock is said once per lot; a recovery says it again for the whole shelf.
CREATE INDEX movement_opening ON movement (drug, lot, expires_on)
WHERE kind IN ('opening', 'recovery');

-- I5, I6: neither place gives more than it holds.
ALTER TABLE stock ADD COLUMN quarantined_units INTEGER NOT NULL DEFAULT 0
  CHECK (quarantined_units BETWEEN 0 AND on_hand_units);

DROP INDEX stock_on_shelf;
CREATE INDEX stock_on_shelf ON stock (drug, expires_on, lot, on_hand_units, quarantined_units)
WHERE on_hand_units > 0;
