import { assert } from '../../../shared/base/assert.ts';
import { ok } from '../../../shared/base/result.ts';
import type { Session } from '../../../shared/contract/till-session-api.ts';
import { zeroHash } from '../../../shared/events/envelope.ts';
import { businessDateOf, instantOfMs } from '../../../shared/model/calendar.ts';
import { ShopSettings } from '../../../shared/model/shop-settings.ts';
import { lookForBackups } from '../backup/find-backups.ts';
import type { DatabaseFault } from '../db/database-fault.ts';
import type { TillDeps } from '../deps.ts';
import type { Handlers } from './dispatch.ts';
import type { HandlerParts } from './handlers.ts';

const closedSession: Session = {
  state: 'not-enrolled',
  staff: null,
  mayNot: [],
  people: [],
  suggestedStaffId: null,
  settings: ShopSettings.parse({}),
};

/**
 * What is answered when the database could not be opened: the screens come up and say why selling
 * stopped. Every other call is refused with the fault before it gets here.
 */
export function closedHandlers(
  fault: DatabaseFault,
  deps: TillDeps,
  restore: HandlerParts['exchange']['restore'],
): Handlers {
  const stopped = () => {
    assert(false, 'A call that needs the database is refused by dispatch');
  };
  return {
    'status.get': () =>
      ok({
        facility: null,
        till: null,
        staff: null,
        hasOpeningStock: false,
        expiringLots: 0,
        expiredLots: 0,
        recovered: null,
        restored: null,
        programVersion: deps.programVersion,
        host: deps.host,
        fault: fault.code,
        today: businessDateOf(instantOfMs(deps.nowMs())),
      }),
    'sync.status': () =>
      ok({
        state: 'problem',
        pendingEvents: 0,
        pendingSales: 0,
        lastSeq: 0,
        ackedSeq: 0,
        lastContactAt: null,
        offlineSince: null,
        agreedAt: null,
        agreedEvents: 0,
        clockSkewMs: null,
        centreUrl: null,
        cataloguePosition: 0,
        catalogueDrugs: 0,
        nextTryAt: null,
        lastFailure: null,
        problem: { type: 'database-damaged', detail: `${fault.code}: ${fault.detail}` },
      }),
    'sync.agreement': () =>
      ok({
        state: 'never',
        comparedAt: null,
        events: 0,
        headHash: zeroHash,
        stockDigest: '',
        differences: [],
        waiting: [],
        first: null,
      }),
    'backups.find': ({ folder }) => lookForBackups({ deps, folder }),
    'backups.restore': ({ file }) => restore(file),
    'backups.putAside': stopped,
    'oldBooks.read': stopped,
    'journal.proof': stopped,
    'setup.enrol': stopped,
    'drugs.search': stopped,
    'drugs.get': stopped,
    'drugs.byBarcode': stopped,
    'sales.complete': stopped,
    'sales.void': stopped,
    'sales.list': stopped,
    'sales.get': stopped,
    'stock.declareOpening': stopped,
    'stock.receive': stopped,
    'stock.list': stopped,
    'stock.lots': stopped,
    'stock.lotCard': stopped,
    'stock.expiring': stopped,
    'stock.countSheet': stopped,
    'stock.count': stopped,
    'stock.quarantine': stopped,
    'stock.release': stopped,
    'stock.dispose': stopped,
    'recalls.list': stopped,
    'recalls.acknowledge': stopped,
    'sales.return': stopped,
    'stock.returnToSupplier': stopped,
    'transfers.send': stopped,
    'transfers.receive': stopped,
    'transfers.list': stopped,
    'prices.set': stopped,
    'prescriptions.list': stopped,
    'safety.check': stopped,
    'prescriptions.keepPhoto': stopped,
    'prescriptions.photo': stopped,
    'prescriptions.lookUp': stopped,
    'stock.reportLoss': stopped,
    'shifts.open': stopped,
    'shifts.current': stopped,
    'shifts.close': stopped,
    'shifts.list': stopped,
    'shifts.get': stopped,
    'products.define': stopped,
    'products.listLocal': stopped,
    'staff.change': stopped,
    'staff.setPin': stopped,
    'staff.setDuty': stopped,
    'session.signIn': stopped,
    'session.approve': stopped,
    'session.touch': () => ok({}),
    'session.lock': () => ok(closedSession),
    'session.get': () => ok(closedSession),
    'staff.list': stopped,
    'audit.list': stopped,
    'barcodes.learn': stopped,
    'barcodes.forget': stopped,
    'openSales.save': stopped,
    'openSales.list': stopped,
    'openSales.take': stopped,
    'openSales.discard': stopped,
    'sync.now': stopped,
    'carry.export': stopped,
    'carry.import': stopped,
    'journal.export': stopped,
    'backup.status': stopped,
    'backup.run': stopped,
    'backup.setFolder': stopped,
    'journal.rebuild': stopped,
    'settings.get': stopped,
    'settings.change': stopped,
    'care.diagnostics': stopped,
    'updates.status': stopped,
    'lan.status': stopped,
    'lan.newCode': stopped,
    'lan.forget': stopped,
    'updates.check': stopped,
    'updates.install': stopped,
    'printing.get': stopped,
    'printing.change': stopped,
    'printing.devices': stopped,
    'printing.print': stopped,
    'printing.retry': stopped,
    'printing.cancel': stopped,
    'paper.preview': stopped,
    'paper.pdf': stopped,
  };
}
