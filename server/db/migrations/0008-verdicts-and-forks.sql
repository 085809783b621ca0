-- Every judgement of a parked event after the first: what made somebody look, and what came of it.
-- The same outcome for the same cause is one row however often it comes, since a catalogue changes
-- daily and an event may wait for a year.
CREATE TABLE parked_verdict (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  -- 'start', 'catalogue', 'mapping', 'asked', 'rebuild'.
  cause text NOT NULL,
  -- Why it waited until then.
  before_reason text NOT NULL,
  -- Why it goes on waiting; '' when it was released.
  after_reason text NOT NULL,
  first_at timestamptz NOT NULL,
  last_at timestamptz NOT NULL,
  times bigint NOT NULL DEFAULT 1,
  PRIMARY KEY (till_id, seq, cause, before_reason, after_reason)
);

-- A till that forked, or that was revoked and not replaced, agrees with nobody, whatever it had agreed
-- before.
ALTER TABLE agreement_report
  ADD COLUMN forked bigint NOT NULL DEFAULT 0,
  ADD COLUMN revoked bigint NOT NULL DEFAULT 0;
