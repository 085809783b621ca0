import { ok, type Result } from '../../../shared/base/result.ts';
import type { TillCallName, TillNews, TillProblem } from '../../../shared/contract/till-api.ts';
import type { Restored } from '../../../shared/contract/till-backup-api.ts';
import type { tillBarcodeApi } from '../../../shared/contract/till-barcode-api.ts';
import type { tillCareApi } from '../../../shared/contract/till-care-api.ts';
import type { tillPrintApi } from '../../../shared/contract/till-print-api.ts';
import type { tillSafetyApi } from '../../../shared/contract/till-safety-api.ts';
import type { tillSellingApi } from '../../../shared/contract/till-selling-api.ts';
import type { SessionMember } from '../../../shared/contract/till-session-api.ts';
import type { tillShopApi } from '../../../shared/contract/till-shop-api.ts';
import { businessDateOf, instantOfMs } from '../../../shared/model/calendar.ts';
import type { Backups } from '../backup/backups.ts';
import { lookForBackups } from '../backup/find-backups.ts';
import { readOldBooks } from '../backup/old-books.ts';
import { diagnosticsText } from '../care/diagnostics.ts';
import { changeShopSettings } from '../care/shop-settings.ts';
import { acceptReturn } from '../commands/accept-return.ts';
import { acknowledgeRecall } from '../commands/acknowledge-recall.ts';
import { changeStaff, setDuty } from '../commands/change-staff.ts';
import { completeSale } from '../commands/complete-sale.ts';
import { countStock } from '../commands/count-stock.ts';
import { declareOpeningStock } from '../commands/declare-opening-stock.ts';
import { defineProduct } from '../commands/define-product.ts';
import { forgetBarcode, learnBarcode } from '../commands/learn-barcode.ts';
import { disposeOfLots, quarantineLots, releaseLots } from '../commands/move-quarantine.ts';
import { receiveGoods } from '../commands/receive-goods.ts';
import type { RecordedCommand } from '../commands/record-once.ts';
import { reportLoss } from '../commands/report-loss.ts';
import { returnToSupplier } from '../commands/return-to-supplier.ts';
import { setPrice } from '../commands/set-price.ts';
import { setPin } from '../commands/staff-pin.ts';
import { receiveTransfer, sendTransfer } from '../commands/transfer-goods.ts';
import { voidSale } from '../commands/void-sale.ts';
import { closeShiftNow, openShiftNow } from '../commands/work-shift.ts';
import { DatabaseFaulted } from '../db/database-fault.ts';
import { chainHead } from '../db/event-log.ts';
import { namedEvent } from '../db/movement-digests.ts';
import { discardOpenSale, listOpenSales, saveOpenSale, takeOpenSale } from '../db/open-sales.ts';
import { keepPhoto, readPhoto } from '../db/paper-photos.ts';
import type { Proof } from '../db/prove-when-idle.ts';
import { getSetting } from '../db/sync-state.ts';
import type { TillDb } from '../db/till-db.ts';
import type { TillDeps } from '../deps.ts';
import type { Printing } from '../devices/printing.ts';
import type { Lan } from '../lan/lan.ts';
import { listAudit } from '../queries/audit.ts';
import { checkSafety } from '../queries/check-safety.ts';
import { countSheet } from '../queries/count-sheet.ts';
import { drugByBarcode } from '../queries/drug-by-barcode.ts';
import { getDrug } from '../queries/get-drug.ts';
import { getSale } from '../queries/get-sale.ts';
import { getStatus } from '../queries/get-status.ts';
import { listExpiring } from '../queries/list-expiring.ts';
import { listLocalProducts } from '../queries/list-local-products.ts';
import { listLots } from '../queries/list-lots.ts';
import { listPrescriptions } from '../queries/list-prescriptions.ts';
import { listRecalls } from '../queries/list-recalls.ts';
import { listSales } from '../queries/list-sales.ts';
import { listStaff } from '../queries/list-staff.ts';
import { listStock } from '../queries/list-stock.ts';
import { listTransfers } from '../queries/list-transfers.ts';
import { lotCard } from '../queries/lot-card.ts';
import type { QueryContext } from '../queries/query-context.ts';
import { searchDrugs } from '../queries/search-drugs.ts';
import { currentShift, getShift, listShifts } from '../queries/shifts.ts';
import type { Caller } from '../session/caller.ts';
import type { Sessions } from '../session/sessions.ts';
import { exportJournal } from '../sync/export-journal.ts';
import type { Sync } from '../sync/start-sync.ts';
import type { Updates } from '../updates/updates.ts';
import type { Handlers } from './dispatch.ts';
import { sessionHandlers } from './session-handlers.ts';

export type Topics = TillNews['topics'];

export type HandlerParts = {
  readonly db: TillDb;
  readonly deps: TillDeps;
  readonly sync: Sync;
  readonly proof: Proof;
  readonly backups: Backups;
  readonly sessions: Sessions;
  readonly updates: Updates;
  readonly printing: Printing;
  readonly lan: Lan;
  readonly tell: (topics: Readonly<Topics>) => void;
  /** Puts other books in the place of these, where that may be (till.ts). */
  readonly exchange: {
    readonly restore: (file: string) => Promise<Result<Restored, TillProblem>>;
    readonly putAside: () => Promise<Result<{ readonly aside: string }, TillProblem>>;
  };
  /** The fault found while running, for the status. */
  readonly faultCode: () => string | null;
};

/** Which answers a recorded fact changes. */
const topicsByCommand: { readonly [Name in RecordedCommand]: Topics } = {
  'sales.complete': ['sales', 'stock', 'sync', 'openSales'],
  'sales.void': ['sales', 'stock', 'sync'],
  'stock.receive': ['stock', 'sync'],
  'stock.declareOpening': ['stock', 'sync', 'facility'],
  'stock.count': ['stock', 'sync'],
  'stock.quarantine': ['stock', 'sync'],
  'stock.release': ['stock', 'sync'],
  'stock.dispose': ['stock', 'sync'],
  'recalls.acknowledge': ['stock', 'sync'],
  'sales.return': ['sales', 'stock', 'sync'],
  'stock.returnToSupplier': ['stock', 'sync'],
  'transfers.send': ['stock', 'sync'],
  'transfers.receive': ['stock', 'sync'],
  'prices.set': ['prices', 'sync'],
  'stock.reportLoss': ['stock', 'sync'],
  'shifts.open': ['sales', 'sync'],
  'shifts.close': ['sales', 'sync'],
  'products.define': ['catalogue', 'sync'],
  'staff.change': ['facility', 'sync'],
  'staff.setPin': ['facility', 'sync'],
  'staff.setDuty': ['facility', 'sync'],
};

/** The contract, answered: which file handles which call. */
export function createHandlers(parts: HandlerParts): Handlers {
  const { db, deps, sync, backups, proof, sessions, tell } = parts;
  const now = (): QueryContext => ({ db, today: businessDateOf(instantOfMs(deps.nowMs())) });
  const status = ({ counter }: Caller) => {
    const { staff } = sessions.of(counter);
    return { ...getStatus(now(), deps), staff: staff && named(staff), fault: parts.faultCode() };
  };
  const recorded = <Answer, Problem>(
    name: RecordedCommand,
    outcome: Result<Answer, Problem>,
  ): Result<Answer, Problem> => {
    if (outcome.ok) {
      tell(topicsByCommand[name]);
      sync.wakePush();
    }
    return outcome;
  };
  return {
    'status.get': (_, caller) => ok(status(caller)),
    'setup.enrol': async (input, caller) => {
      const enrolled = await sync.enrol(input);
      return enrolled.ok ? ok(status(caller)) : enrolled;
    },
    'drugs.search': (input) => ok([...searchDrugs(now(), input)]),
    'drugs.get': (input) => ok(getDrug(now(), input)),
    'drugs.byBarcode': (input) => ok(drugByBarcode(now(), input)),
    'sales.complete': (input, caller) =>
      recorded('sales.complete', completeSale({ db, deps, caller }, input)),
    'sales.void': (input, caller) => recorded('sales.void', voidSale({ db, deps, caller }, input)),
    'sales.list': (input) => ok(listSales(now(), input)),
    'sales.get': (input) => ok(getSale(now(), input)),
    'stock.declareOpening': (input, caller) =>
      recorded('stock.declareOpening', declareOpeningStock({ db, deps, caller }, input)),
    'stock.receive': (input, caller) =>
      recorded('stock.receive', receiveGoods({ db, deps, caller }, input)),
    'stock.list': (input) => ok(listStock(now(), input)),
    'stock.lots': (input) => ok([...listLots(now(), input)]),
    'stock.lotCard': (input) => ok(lotCard(now(), input)),
    'stock.expiring': (input) => ok(listExpiring(now(), input)),
    'stock.countSheet': (input) => ok(countSheet(now(), input)),
    'stock.count': (input, caller) =>
      recorded('stock.count', countStock({ db, deps, caller }, input)),
    'stock.quarantine': (input, caller) =>
      recorded('stock.quarantine', quarantineLots({ db, deps, caller }, input)),
    'stock.release': (input, caller) =>
      recorded('stock.release', releaseLots({ db, deps, caller }, input)),
    'stock.dispose': (input, caller) =>
      recorded('stock.dispose', disposeOfLots({ db, deps, caller }, input)),
    'recalls.list': () => ok(listRecalls(now())),
    'recalls.acknowledge': (input, caller) =>
      recorded('recalls.acknowledge', acknowledgeRecall({ db, deps, caller }, input)),
    'sales.return': (input, caller) =>
      recorded('sales.return', acceptReturn({ db, deps, caller }, input)),
    'stock.returnToSupplier': (input, caller) =>
      recorded('stock.returnToSupplier', returnToSupplier({ db, deps, caller }, input)),
    'transfers.send': (input, caller) =>
      recorded('transfers.send', sendTransfer({ db, deps, caller }, input)),
    'transfers.receive': (input, caller) =>
      recorded('transfers.receive', receiveTransfer({ db, deps, caller }, input)),
    'transfers.list': (input) => ok(listTransfers(now(), input)),
    'prices.set': (input, caller) => recorded('prices.set', setPrice({ db, deps, caller }, input)),
    ...shopHandlers(parts, { now, recorded }),
    ...sellingHandlers(parts),
    ...barcodeHandlers(parts),
    ...sessionHandlers(parts),
    ...printHandlers(parts),
    'sync.status': () => ok(sync.status()),
    'sync.now': async () => {
      await sync.now();
      return ok(sync.status());
    },
    'sync.agreement': () => ok(sync.agreement()),
    'carry.export': (input) => sync.exportReports(input.afterSeq),
    'carry.import': (input) => sync.takeFile(Buffer.from(input.file, 'base64')),
    'journal.export': async () => {
      const exported = await exportJournal(db, deps);
      if (!exported.ok) return exported;
      const { fileName, bytes, events, unreportedEvents } = exported.value;
      const file = Buffer.from(bytes).toString('base64');
      return ok({ fileName, file, events, unreportedEvents });
    },
    'backup.status': () => ok(backups.status()),
    'backup.run': async () => ok(await backups.run()),
    'backups.find': ({ folder }) => lookForBackups({ db, deps, folder }),
    'backups.restore': ({ file }) => parts.exchange.restore(file),
    'backups.putAside': () => parts.exchange.putAside(),
    'oldBooks.read': (input) => readOldBooks({ db, deps }, input),
    'backup.setFolder': ({ folder }) => {
      backups.setSecondFolder(folder);
      return ok(backups.status());
    },
    'journal.proof': () => {
      const running = proof.progress();
      return ok({
        ...getSetting(db, 'derivedProof'),
        running: running && { doneEvents: running.events, events: chainHead(db).seq },
        asked: getSetting(db, 'clinicNotices').map((notice) => {
          const event = namedEvent(db, notice.seq);
          return { ...notice, slip: event?.slip ?? null, type: event?.type ?? '' };
        }),
      });
    },
    ...careHandlers(parts),
    ...safetyHandlers(parts, now),
    'journal.rebuild': async () => {
      const rebuilt = await proof.now();
      if (!rebuilt.ok) throw new DatabaseFaulted(rebuilt.error);
      const { events, movements, differingTables } = rebuilt.value;
      return ok({ events, movements, hadDifferences: differingTables.length > 0 });
    },
  };
}

function named({ staffId, name }: SessionMember) {
  return { id: staffId, name };
}

type HandlerTools = {
  readonly now: () => QueryContext;
  readonly recorded: <Answer, Problem>(
    name: RecordedCommand,
    outcome: Result<Answer, Problem>,
  ) => Result<Answer, Problem>;
};

/** The part of the contract about looking after a till (contract/till-care-api.ts). */
function careHandlers(parts: HandlerParts): Pick<Handlers, keyof typeof tillCareApi> {
  const { db, deps, sync, backups, updates, lan, tell } = parts;
  return {
    'settings.get': () => ok(getSetting(db, 'shopSettings')),
    'settings.change': (input, caller) => {
      const settings = changeShopSettings({ db, deps, caller }, input);
      tell(['settings']);
      void lan.settle();
      return ok(settings);
    },
    'lan.status': () => ok(lan.status()),
    'lan.newCode': () => {
      lan.newCode();
      return ok(lan.status());
    },
    'lan.forget': ({ id }) => {
      lan.forget(id);
      return ok(lan.status());
    },
    'updates.status': () => ok(updates.status()),
    'updates.check': async ({ folder }) => ok(await updates.check(folder)),
    'updates.install': async () => ok(await updates.install()),
    'care.diagnostics': () => {
      const text = diagnosticsText({
        db,
        deps,
        sync: sync.status(),
        backup: backups.status(),
        faultCode: parts.faultCode(),
      });
      const day = businessDateOf(instantOfMs(deps.nowMs()));
      const shortCode = getSetting(db, 'identity')?.shortCode ?? 'moi';
      return ok({ fileName: `chan-doan-${shortCode}-${day}.txt`, text });
    },
  };
}

/** The part of the contract about safety at the counter (contract/till-safety-api.ts). */
function safetyHandlers(
  { deps, sync }: HandlerParts,
  now: () => QueryContext,
): Pick<Handlers, keyof typeof tillSafetyApi> {
  return {
    'safety.check': (input) => ok(checkSafety(now(), input)),
    'prescriptions.keepPhoto': ({ file }) => keepPhoto(deps.dataDir, Buffer.from(file, 'base64')),
    'prescriptions.photo': ({ sha256 }) => ok(readPhoto(deps.dataDir, sha256)),
    'prescriptions.lookUp': async ({ prescription }) =>
      ok(await sync.lookUpPrescription(prescription)),
  };
}

/** The part of the contract about running a counter (contract/till-shop-api.ts). */
function shopHandlers(
  { db, deps, backups, sessions }: HandlerParts,
  { now, recorded }: HandlerTools,
): Pick<Handlers, keyof typeof tillShopApi> {
  return {
    'prescriptions.list': (input) => ok(listPrescriptions(now(), input)),
    'stock.reportLoss': (input, caller) =>
      recorded('stock.reportLoss', reportLoss({ db, deps, caller }, input)),
    'shifts.open': (input, caller) =>
      recorded('shifts.open', openShiftNow({ db, deps, caller }, input)),
    'shifts.current': (input) => ok(currentShift(now(), input)),
    'shifts.close': (input, caller) => {
      const closed = recorded('shifts.close', closeShiftNow({ db, deps, caller }, input));
      // The day's work is in the books: copied while the drawer is put away. Nobody waits for it.
      if (closed.ok) void backups.run();
      const maySee = caller.may('see-expected-cash');
      return closed.ok && !maySee ? ok({ ...closed.value, figures: null }) : closed;
    },
    'shifts.list': (input, caller) =>
      ok(listShifts(now(), { ...input, maySeeSums: caller.may('see-expected-cash') })),
    'shifts.get': (input) => ok(getShift(now(), input)),
    'products.define': (input, caller) =>
      recorded('products.define', defineProduct({ db, deps, caller }, input)),
    'products.listLocal': (input) => ok(listLocalProducts(now(), input)),
    'staff.change': (input, caller) =>
      recorded('staff.change', changeStaff({ db, deps, caller }, input)),
    'staff.setPin': async (input, caller) => {
      const changed = recorded('staff.setPin', await setPin({ db, deps, caller }, input));
      // Whoever has just chosen the shop's first PIN is at the counter: nobody asks them for it.
      if (changed.ok && input.staffId === caller.by) sessions.admit(caller.counter, caller.by);
      return changed;
    },
    'staff.setDuty': (input, caller) =>
      recorded('staff.setDuty', setDuty({ db, deps, caller }, input)),
    'staff.list': () => ok(listStaff(now())),
    'audit.list': (input) => ok(listAudit(now(), input)),
  };
}

/** The part of the contract about sales set aside (contract/till-selling-api.ts). */
function sellingHandlers({
  db,
  deps,
  tell,
}: HandlerParts): Pick<Handlers, keyof typeof tillSellingApi> {
  const told = <Answer, Problem>(outcome: Result<Answer, Problem>): Result<Answer, Problem> => {
    if (outcome.ok) tell(['openSales']);
    return outcome;
  };
  return {
    'openSales.save': (input) => {
      const savedAt = instantOfMs(deps.nowMs());
      const saved = saveOpenSale(db, { ...input, savedAt });
      // What a counter works on changes with every line; other counters ask when they look.
      return input.isParked ? told(saved) : saved;
    },
    'openSales.list': (input) => ok(listOpenSales(db, input)),
    'openSales.take': (input) => told(takeOpenSale(db, input)),
    'openSales.discard': (input) => told(discardOpenSale(db, input)),
  };
}

/** The part of the contract about paper (contract/till-print-api.ts). */
function printHandlers({ printing }: HandlerParts): Pick<Handlers, keyof typeof tillPrintApi> {
  return {
    'printing.get': () => ok(printing.state()),
    'printing.change': (input) => printing.change(input),
    'printing.devices': async () => ok(await printing.devices()),
    'printing.print': (input, { by }) => printing.print(input, by),
    'printing.retry': (input) => printing.retry(input),
    'printing.cancel': (input) => printing.cancel(input),
    'paper.preview': async (input, { by }) => ok(await printing.preview(input, by)),
    'paper.pdf': async (input, { by }) => ok(await printing.pdf(input, by)),
  };
}

/** The part of the contract about codes the shop teaches (contract/till-barcode-api.ts). */
function barcodeHandlers({
  db,
  deps,
  tell,
}: HandlerParts): Pick<Handlers, keyof typeof tillBarcodeApi> {
  const told = <Answer, Problem>(outcome: Result<Answer, Problem>): Result<Answer, Problem> => {
    if (outcome.ok) tell(['catalogue']);
    return outcome;
  };
  return {
    'barcodes.learn': (input) => told(learnBarcode(db, input, instantOfMs(deps.nowMs()))),
    'barcodes.forget': (input) => told(forgetBarcode(db, input)),
  };
}

/** Calls that are answered although the database is not open. */
export const callsWithoutDatabase: ReadonlySet<TillCallName> = new Set([
  'status.get',
  'sync.status',
  'sync.agreement',
  'session.get',
  'session.lock',
  'session.touch',
  'backups.find',
  'backups.restore',
]);
