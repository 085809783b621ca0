/**
 * Every bound of the system in one table. A loop, list, batch, retry or text without its bound
 * here is a defect.
 */
export const limits = {
  // Sync (protocol.md §2)
  batchEventsMax: 500,
  batchBytesMax: 256 * 1024,
  batchCompressedBytesMax: 256 * 1024,
  batchInflatedBytesMax: 1024 * 1024,
  /** A receipt of 500 lines needs 90 KiB; one batch must always be able to carry one event. */
  eventLineBytesMax: 256 * 1024,
  feedPageChangesMax: 1_000,
  feedPagesPerPullMax: 1_000,
  snapshotBytesMax: 64 * 1024 * 1024,
  retryDelayMsMin: 1_000,
  retryDelayMsMax: 5 * 60_000,
  requestTimeoutMs: 30_000,
  /** Of one whole exchange, however steadily it trickles: a snapshot over a slow line fits. */
  exchangeTimeoutMs: 15 * 60_000,
  /** After an answer that trying again cannot change (fork, revoked): rarely, or by hand. */
  stoppedRetryDelayMs: 30 * 60_000,
  /** Sooner after that, news from the centre is no reason to try again. */
  stoppedNudgeAfterMs: 60_000,
  /** A till at rest asks once in a while whether both sides still agree. */
  comparedAgainMs: 24 * 3_600_000,
  /** A stream that stays silent this long is taken for dead and opened again. */
  streamSilenceMsMax: 90_000,
  streamLineLengthMax: 16 * 1024,
  /** After a break the tills of a country come back within this time, not in one second. */
  streamReopenSpreadMs: 30_000,
  pollSpreadMs: 4 * 60_000,
  answerBytesMax: 8 * 1024 * 1024,
  enrolmentProofLength: 16 * 1024,
  pushBatchesPerRunMax: 10_000,
  /** More of one till than this in the clinic, and its books are not compared. */
  waitingEventsMax: 1_000,

  // Carriers: a file passes a screen's call as base64 within `rpcBodyBytesMax`
  carrierFileBytesMax: 720 * 1024,
  carrierInflatedBytesMax: 8 * 1024 * 1024,
  carrierBatchesMax: 200,
  carrierPagesMax: 8,
  /** A frame of 700 letters: read by any phone from any screen. */
  qrFrameBytesMax: 420,
  /** Two minutes of watching. */
  qrFramesMax: 150,

  // Journal exports: a refused batch travels in one line, as JSON text
  exportLineLengthMax: 4 * 1024 * 1024,

  // Facts
  saleLinesMax: 100,
  /** Warnings about one basket that are weighed one by one. */
  findingsMax: 50,
  /** A photo of a paper prescription; base64 of it passes one call of a screen. */
  paperPhotoBytesMax: 700 * 1024,
  /** Sets of safety rules that a till keeps, oldest forgotten first. */
  safetyPacksKept: 10,
  /** Prescriptions asked for at the centre in one go, after being offline. */
  prescriptionChecksPerRun: 50,
  receiptLinesMax: 500,
  openingLinesMax: 500,
  lotsPerLineMax: 50,
  /** Of a count, quarantine, disposal, return or transfer. */
  stockLinesMax: 500,
  witnessesMax: 10,
  localProductRevisionsMax: 10_000,
  staffMax: 1_000,
  /** Of one day, shown and exported at once. */
  auditRowsMax: 2_000,
  recallLotsMax: 500,
  recallsShownMax: 500,
  /** Of one part: the longest lots must fit one event. */
  /** Pages of a journal read back from the centre: ten million events. */
  journalPagesMax: 20_000,
  recoveryLotsMax: 500,
  recoveryPartsMax: 200,
  /** Tills that took each other's place, one after the other. */
  predecessorsMax: 100,
  unitsMax: 10_000_000,
  quantityMax: 1_000_000,
  unitFactorMax: 1_000_000,
  priceVndMax: 1_000_000_000,
  totalVndMax: 1_000_000_000_000,
  packagingLevelsMax: 6,
  /** The smallest change a shop may do without. */
  cashRoundingVndMax: 1_000,
  /** EMVCo allows 25 characters in a purpose of transaction. */
  paymentReferenceLength: 25,
  /** Sales that a shop has set aside or works on at its counters. */
  openSalesMax: 100,
  /** A sold one is remembered this long, so that no counter sells it again. */
  soldOpenSaleDays: 7,

  // Text, in characters
  drugCodeLength: 64,
  lotNumberLength: 50,
  nameLength: 500,
  shortTextLength: 200,
  noteLength: 1_000,
  barcodeLength: 64,
  /** A code with lot, expiry and serial, as a scanner sends it. */
  scannedLength: 200,
  aliasesPerDrugMax: 40,

  // Queries
  searchTextLength: 100,
  searchResultsMax: 50,
  pageRowsMax: 500,
  movementDaysMax: 400,
  movementHourDaysMax: 14,
  lotFacilitiesMax: 2_000,
  rpcBodyBytesMax: 1024 * 1024,

  // Accounts (NIST SP 800-63B §5.2.2: throttle failed sign-ins)
  signInFailuresMax: 5,
  lockoutMinutes: 15,
  sessionHoursMax: 12,
  sessionIdleMinutes: 120,
  signInFailuresPerMinute: 20,
  enrolmentCodeDays: 7,
  passwordLengthMin: 10,
  passwordLengthMax: 200,

  // Catalogue import
  importBytesMax: 256 * 1024 * 1024,
  importRowsMax: 500_000,
  importCellLength: 20_000,

  // Backups of a till
  backupDaysKept: 7,
  backupWeeksKept: 4,
  backupMonthsKept: 12,
  backupFilesMax: 10_000,
  /** Looked through for backups at once, and those found that are shown. */
  backupFoldersMax: 100,
  backupsShownMax: 100,
  pathLength: 1_000,
  /** Other devices of the shop that show its screens. */
  lanDevicesMax: 20,
  deviceNameLength: 60,
  /** Of the log, in a text for support. */
  diagnosticsLogLines: 300,
  /** Of old books, listed on one page. */
  unreportedEventsPage: 100,
  /** A backup older than this is said loudly. */
  backupAgeDaysShown: 2,

  // Backups of the centre
  centreBackupsKept: 7,
  centreBackupFilesMax: 1_000_000,
  restoreTimeoutMs: 6 * 3_600_000,

  // Printing
  printersMax: 10,
  /** Waiting for one printer; more is said and left to the history. */
  printJobsWaitingMax: 100,
  /** Printed and cancelled ones, to be looked up. */
  printJobsKept: 500,
  /** A slip that has waited longer is not printed by itself any more. */
  printJobHoursMax: 12,
  /** A drawer is opened for the customer who stands there, or not at all. */
  drawerSecondsMax: 20,
  printRetryDelayMsMax: 15_000,

  // Clocks
  clockSkewMsShown: 2 * 60_000,
} as const;
