-- What people did about a record of the clinic is read back from the audit with the record.
CREATE INDEX audit_of_record ON audit ((detail ->> 'till'), (detail ->> 'seq'))
  WHERE action IN ('record-judged', 'drug-code-mapped', 'facility-asked');
