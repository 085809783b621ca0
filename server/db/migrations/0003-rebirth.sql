-- Lives of this database, lost acknowledgements, and tills that take another's place
-- (protocol.md §5, shared/sync/feed.ts, shared/sync/enrolment-proof.ts).

-- A database restored from a backup has gone back in time: tills hold receipts and feed positions
-- of a future that it does not know. Its epoch tells such a life from the one before.
CREATE TABLE centre_epoch (
  number integer PRIMARY KEY,
  id uuid NOT NULL UNIQUE,
  began_at timestamptz NOT NULL,
  reason text NOT NULL CHECK (reason IN ('new-database', 'database-history', 'lost-receipt')),
  -- PostgreSQL's own system identifier and timeline: a recovery or a failover changes them.
  history text NOT NULL
);

-- Receipts of this centre over events that it no longer has, shown to it by the tills that hold them.
CREATE TABLE lost_acknowledgement (
  till_id uuid NOT NULL REFERENCES till,
  acked_seq bigint NOT NULL,
  acked_hash text NOT NULL,
  acknowledged_at timestamptz NOT NULL,
  signature text NOT NULL,
  -- The head this centre had when it was told.
  had_seq bigint NOT NULL,
  presented_at timestamptz NOT NULL,
  PRIMARY KEY (till_id, acked_seq, acked_hash)
);

-- A recovery code names the till whose place the new one takes.
ALTER TABLE enrolment_code ADD COLUMN replaces_till uuid REFERENCES till;
-- No reference: a restored centre may let a till in again and not know the one it replaced.
ALTER TABLE till ADD COLUMN replaces uuid;
ALTER TABLE till ADD COLUMN readmitted_at timestamptz;
