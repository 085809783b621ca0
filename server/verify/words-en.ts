import type { Words } from './words-vi.ts';

export const en: Words = {
  usage:
    'Usage: npm run verify -- <journal export> [--against <another export>] [--centre-key <key or fingerprint>] [--lang vi|en] [--lots] [--findings]',
  title: 'VERIFICATION OF A PHARMACY JOURNAL',
  file: 'File: {file}',
  facility: 'Facility: {name} ({code})',
  exported: 'Exported at {time} {source}.',
  'source.till': 'by the till',
  'source.centre': 'by the centre',
  converted:
    'The text of the file was converted on its way: {what}. Those marks were taken away before judging.',
  convertedLines: '{count} {count:line ends|lines end} in CR LF instead of LF',
  convertedMark: 'a byte order mark stands at the beginning',
  convertedAnd: ' and ',
  convertedUndone:
    '  ✓ With them gone, digest and signature over the whole file hold: these are the exact bytes of the export, nothing else was changed.',
  convertedOther:
    '  ! With them gone, digest or signature over the whole file still do not hold: something else is wrong, see the findings below.',
  centreKey: "The centre's key, fingerprint: {fingerprint}",
  centreKeyPinned: '  ✓ It is the key given by --centre-key.',
  centreKeyUnpinned:
    '  ! Not compared with a key known from elsewhere: compare this fingerprint with the one the centre publishes.',
  till: 'TILL {code} · id {id}',
  noTills: 'The file holds no journal.',
  deviceKey: "The till's key, fingerprint: {fingerprint}",
  certified: '  ✓ The centre certified this key for this till.',
  proves: 'The file proves:',
  provesNothing: 'The file proves no event.',
  provesChain:
    '  ✓ The chain is whole: {count} {count:event|events}, number 1 to {last}, none missing, none inserted; each carries the hash of the one before.',
  chainBroken: '  ✗ The chain is not whole: see the findings below.',
  provesReceipts:
    '  ✓ The centre signed for everything up to event {seq} (receipt of {time}; {count} {count:receipt|receipts} checked): every byte up to there is what was reported.',
  provesNoReceipts: '  – There is no receipt of the centre yet.',
  provesReceiptsUnmatched:
    '  ✗ {count} {count:receipt stands|receipts stand} in the file and {count:does not match|none matches} the events in it: see the findings below.',
  provesSignature:
    "  ✓ The till's key signed everything up to event {seq}: it is this till's own word and cannot be denied.",
  provesNot: 'The file does not prove:',
  tailUnreported:
    "  – {count} {count:event|events} after the last receipt (number {from} to {to}) {count:carries|carry} only the till's signature. Whoever holds the till's key may have cut or rewritten {count:it|them}; only a later receipt or the centre's journal can tell.",
  tailUnsigned:
    '  – The last {count:event|{count} events} (number {from} to {to}) {count:carries|carry} no signature.',
  notTruth:
    '  – That what was recorded at the counter is true: the journal proves what was recorded and that it was not changed.',
  notClocks:
    "  – The times of events: they are the word of the till's clock; order is the chain's.",
  notLater: '  – Anything that happened after the export.',
  clock: 'Clock: first event {first}, last event {last}.',
  clockGood: '  ✓ No time contradicts the order or the receipts.',
  clockBackwards: '  ! The time goes back {count} {count:time|times}, by {duration} at most.',
  clockAhead:
    '  ! {count} {count:event is|events are} dated after the centre received {count:it|them}, by {duration} at most.',
  clockBehind:
    '  ! {count} {count:event is|events are} dated before the receipt that stands before {count:it|them}, by {duration} at most (back-dated, or a slow clock).',
  totals: 'Added up from the journal:',
  totalsSales: '  {sales} {sales:sale|sales}, {voided} voided, {amount} đồng sold',
  totalsReceipts: '  {receipts} goods {receipts:receipt|receipts}, {amount} đồng',
  totalsLots: '  {lots} {lots:lot holds|lots hold} {units} smallest {units:unit|units}',
  totalsNegative: '  ! {count} {count:lot is|lots are} below zero',
  totalsUnread:
    '  ! {count} {count:event|events} of a kind this program cannot read: part of the chain, not of the sums',
  lots: 'Stock by lot at the end (drug code · lot · expiry · units):',
  lotsMore: '  … and {count} more {count:lot|lots} (add --lots to see them all)',
  findings: 'FINDINGS ({count}):',
  findingsMore: '  … and {count} more {count:finding|findings} (add --findings to see them all)',
  finding: '  ✗ {till}{words} [{type}]',
  findingTill: 'Till {code}: ',
  seqOne: 'event {from}',
  seqMany: 'events {from} to {to}',
  against:
    'Compared with {file} ({source}, exported at {time}): {count} {count:till stands|tills stand} in both files.',
  againstGood: '  ✓ Both files tell the same past.',
  againstNothing: '  ! The files share no till under one centre: nothing could be compared.',
  againstBad:
    '  ! The other file has {count} {count:finding|findings} of its own, so it proves nothing about this one; verify it by itself.',
  verdictWhole: 'CONCLUSION: NO FORGERY FOUND within the limits named above.',
  verdictContradicted:
    'CONCLUSION: THE JOURNAL CANNOT BE TRUSTED. Gravest finding: {words} Keep this file unchanged as evidence.',
  verdictInconclusive:
    'CONCLUSION: INCONCLUSIVE. {words} Nothing in the rest contradicts the journal; copy the file again from the original.',
  verdictOther:
    'CONCLUSION: INCONCLUSIVE. This file has no finding of its own, but the other one is of no use: {words}',
  verdictUnread: 'CONCLUSION: NOT READABLE. {words} Nothing is concluded about the journal.',
  'file.no-such-file': 'The file cannot be opened.',
  'file.not-gzip': 'The compressed file is damaged or cut; copy it again from the original.',
  'file.not-text': 'The content is not UTF-8 text: the file was damaged on its way.',
  'file.too-large': 'A line is longer than any of a journal.',
  'finding.not-an-export': 'The file is no journal export.',
  'finding.unknown-version': 'The file is of another version; use a newer program.',
  'finding.file-cut': 'The file stops before its last line: cut, or copied in part.',
  'finding.centre-key-differs': 'The receipts are of another centre than the given key.',
  'finding.key-not-certified':
    'The centre did not certify this key for this till: the key was exchanged.',
  'finding.event-unreadable': 'In the place of {seqs} stands a line that cannot be read.',
  'finding.foreign-event': "In the place of {seqs} stands a line of another till's journal.",
  'finding.event-repeated': 'Repeated: {seqs}.',
  'finding.event-inserted': 'Inserted: two different contents carry the number of {seqs}.',
  'finding.events-missing': 'Deleted: {seqs} missing.',
  'finding.events-reordered': 'The order was changed within {seqs}.',
  'finding.event-altered': 'Changed after sealing: {seqs}.',
  'finding.rewritten':
    'The journal was rewritten: the centre signed for other content within {seqs}, although the chain in the file is whole.',
  'finding.rolled-back':
    'The journal was rolled back or its tail cut: the centre has {seqs}, this file does not.',
  'finding.forked':
    'The journal forks: from {seqs} on there are two pasts under one name (a cloned machine, or an old backup restored and sold on).',
  'finding.tail-cut': 'The tail was cut: the till signed for {seqs}, this file does not have them.',
  'finding.signature-differs': 'The till signed other content within {seqs}.',
  'finding.signature-false': "The signature is not of this till's key ({seqs}).",
  'finding.receipt-false': "A forged receipt: the signature is not the centre's ({seqs}).",
  'finding.receipt-foreign': 'A receipt of another till was put here ({seqs}).',
  'finding.receipts-missing':
    'The till signed that it holds receipts for {seqs}; the file does not have them.',
  'finding.head-missing': "The till's signature over its last event is missing.",
  'finding.line-unreadable': 'A line about the export cannot be read.',
  'finding.file-altered':
    'The file was changed after the export: the digest or signature over the whole does not hold.',
  seconds: '{count} {count:second|seconds}',
  minutes: '{count} {count:minute|minutes}',
  hours: '{count} {count:hour|hours}',
  days: '{count} {count:day|days}',
};
