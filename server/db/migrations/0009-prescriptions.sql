-- What of a prescription left everywhere together: counted by the drug on the paper, without sales
-- that were undone (ingest/document-rows.ts).
ALTER TABLE prescription_dispensing ADD COLUMN prescribed_drug text NOT NULL DEFAULT '';
UPDATE prescription_dispensing SET prescribed_drug = drug;

CREATE TABLE sale_void (
  till_id uuid NOT NULL,
  seq bigint NOT NULL,
  facility_id uuid NOT NULL,
  sale_id uuid NOT NULL,
  at timestamptz NOT NULL,
  PRIMARY KEY (till_id, seq)
);
CREATE INDEX sale_void_by_sale ON sale_void (sale_id);
