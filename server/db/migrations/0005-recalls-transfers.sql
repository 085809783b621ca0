-- Recalls (reference data of the centre), and what ties the two ends of a transfer together.

CREATE TABLE recall (
  -- Of the decision, e.g. 123/QĐ-QLD; never used twice.
  number text PRIMARY KEY,
  level smallint NOT NULL CHECK (level IN (1, 2, 3)),
  drug text NOT NULL,
  -- NULL: every lot.
  lots text[],
  reason text NOT NULL,
  from_date date NOT NULL,
  published_at timestamptz NOT NULL,
  published_by text NOT NULL,
  withdrawn_at timestamptz
);
CREATE INDEX recall_in_force ON recall (drug) WHERE withdrawn_at IS NULL;

-- Derived: the transfer that a movement belongs to. What was sent less what was received under one
-- id is on its way.
CREATE TABLE transfer_movement (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  line integer NOT NULL,
  -- Id of the sender's document.
  transfer_id uuid NOT NULL,
  facility_id uuid NOT NULL,
  drug text NOT NULL,
  lot text NOT NULL,
  expires_on date NOT NULL,
  -- As in `movement`: negative when sent, positive when received.
  units bigint NOT NULL,
  PRIMARY KEY (till_id, seq, line)
);
CREATE INDEX transfer_movement_by_transfer ON transfer_movement (transfer_id);
CREATE INDEX transfer_movement_by_facility ON transfer_movement (facility_id, transfer_id);
