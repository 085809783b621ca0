-- Every kind of movement (numbers: shared/rules/movements.ts, in its order), and quarantine as a
-- place of its own: what stands there is on hand and cannot be sold.

ALTER TABLE movement ADD COLUMN is_quarantine boolean NOT NULL DEFAULT false;

ALTER TABLE facility_stock
  -- Of `on_hand_units`.
  ADD COLUMN quarantined_units bigint NOT NULL DEFAULT 0,
  -- Signed: returns, transfers, counts, disposals and losses together.
  ADD COLUMN other_units bigint NOT NULL DEFAULT 0,
  DROP CONSTRAINT facility_stock_check,
  ADD CONSTRAINT facility_stock_adds_up CHECK
    (on_hand_units = opening_units + received_units + voided_units - sold_units + other_units);
