import type { StaffAct } from '../model/staff-act.ts';
import type { TillCallName } from './till-api.ts';

/**
 * The act of every call: what dispatch asks rules/staff-acts.ts about before any handler runs. What a
 * command asks for beside it follows from its input (desktop/main/session/acts-of-call.ts).
 *
 * `anybody`: answered although nobody is signed in. `signed-in`: whoever is, may.
 */
export const actByCall: { readonly [Name in TillCallName]: StaffAct | 'anybody' | 'signed-in' } = {
  // What a locked counter, a new till or a till without its books still has to say and do.
  'status.get': 'anybody',
  'sync.status': 'anybody',
  'sync.agreement': 'anybody',
  'sync.now': 'anybody',
  'setup.enrol': 'anybody',
  // Names nobody, and is asked for when something is wrong.
  'care.diagnostics': 'anybody',
  'backups.find': 'anybody',
  // Refused unless there is nothing to lose (backup/restore.ts).
  'backups.restore': 'anybody',
  // What stands in a cart is kept although the counter is locked: nobody sees it there.
  'openSales.save': 'anybody',
  'session.get': 'anybody',
  'session.signIn': 'anybody',
  'session.lock': 'anybody',
  'session.touch': 'anybody',

  'session.approve': 'signed-in',
  'openSales.list': 'signed-in',
  'openSales.take': 'signed-in',
  'openSales.discard': 'signed-in',
  'drugs.search': 'signed-in',
  'drugs.get': 'signed-in',
  'drugs.byBarcode': 'signed-in',
  'sales.list': 'signed-in',
  'sales.get': 'signed-in',
  'stock.list': 'signed-in',
  'stock.lots': 'signed-in',
  'stock.lotCard': 'signed-in',
  'stock.expiring': 'signed-in',
  'stock.countSheet': 'signed-in',
  'recalls.list': 'signed-in',
  'transfers.list': 'signed-in',
  'prescriptions.list': 'signed-in',
  'products.listLocal': 'signed-in',
  'shifts.current': 'signed-in',
  'shifts.list': 'signed-in',
  'staff.list': 'signed-in',
  'journal.proof': 'signed-in',
  'journal.rebuild': 'signed-in',
  'settings.get': 'signed-in',
  'updates.status': 'signed-in',
  'backup.status': 'signed-in',
  'backup.run': 'signed-in',

  'sales.complete': 'sell',
  'sales.void': 'void-sale',
  'sales.return': 'accept-return',
  'stock.declareOpening': 'declare-opening-stock',
  'stock.receive': 'receive-goods',
  'stock.count': 'count-stock',
  'stock.quarantine': 'quarantine',
  'stock.release': 'release',
  'stock.dispose': 'dispose',
  'stock.reportLoss': 'report-loss',
  'stock.returnToSupplier': 'return-to-supplier',
  'recalls.acknowledge': 'acknowledge-recall',
  'transfers.send': 'transfer',
  'transfers.receive': 'transfer',
  'prices.set': 'set-price',
  'products.define': 'define-product',
  'shifts.open': 'open-shift',
  'shifts.close': 'close-shift',
  'shifts.get': 'see-expected-cash',
  'staff.change': 'change-staff',
  'staff.setDuty': 'change-oneself',
  'staff.setPin': 'change-oneself',
  'carry.export': 'carry-reports',
  'carry.import': 'carry-reports',
  'journal.export': 'export-books',
  'backups.putAside': 'keep-the-till',
  'oldBooks.read': 'keep-the-till',
  'backup.setFolder': 'keep-the-till',
  'settings.change': 'keep-the-till',
  'updates.check': 'keep-the-till',
  'updates.install': 'keep-the-till',
};
