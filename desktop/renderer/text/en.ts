import { peopleEn } from './people-en.ts';
import type { vi } from './vi.ts';

export const en: Readonly<Record<keyof typeof vi, string>> = {
  ...peopleEn,
  'app.name': 'Mạng Thuốc',
  'app.skip': 'Skip to the main part',
  'app.loading': 'Opening the counter…',
  'app.screens': 'Screens',
  'app.newFacility': 'New counter',
  'app.switchLanguage': 'Tiếng Việt',
  'app.theme.system': 'Auto',
  'app.theme.light': 'Light',
  'app.theme.dark': 'Dark',
  'app.theme.change': 'Colours: {theme}',
  'app.expiring': '{count} {count|lot|lots} expiring soon',
  'app.expired': '{count} expired {count|lot|lots}',
  'app.fault.title': 'Selling is paused at this counter',
  'app.fault.body':
    'The counter’s books could not be opened properly. Nothing was deleted. Restart the program; if this stays, call support and read out the code below.',
  'app.unreachable.title': 'No contact with the counter’s main computer',
  'app.unreachable.body':
    'What was sold is safe on that computer. This screen reconnects by itself; check the main computer and the shop’s network.',
  'app.broken.title': 'This screen ran into an error',
  'app.broken.body':
    'The books on this computer are not affected and the cart is kept. Reload the screen to go on.',
  'app.broken.reload': 'Reload the screen',
  'app.code': 'Code for support: {code}',
  'app.close': 'Close',
  'app.cancel': 'Cancel',
  'app.retry': 'Try again',
  'app.undo': 'Undo',
  'app.loadMore': 'Show more',

  'screen.sell': 'Sell',
  'screen.receive': 'Receive',
  'screen.stock': 'Stock',
  'screen.history': 'History',
  'screen.sync': 'Sync',
  'screen.settings': 'Settings',
  'screen.setup': 'Set-up',

  'pill.agreed': 'Synced {time} · agreed',
  'pill.waiting': 'Online · {count} {count|document|documents} waiting',
  'pill.connected': 'Online · everything sent',
  'pill.offline': 'Offline since {time} · {count} {count|sale|sales} safe on this computer',
  'pill.offlineNothing': 'Offline since {time} · every sale was sent',
  'pill.offlineNever': 'Centre not reached yet · {count} {count|sale|sales} safe on this computer',
  'pill.problem': 'Something needs you · touch to see',
  'pill.notEnrolled': 'Not enrolled at the centre',
  'pill.unknown': 'Asking for the status…',
  'pill.unreachable': 'No contact with the main computer',
  'pill.open': 'Open the sync page',

  'key.group.everywhere': 'On every screen',
  'key.group.sell': 'Selling',
  'key.help': 'Keys',
  'key.helpLong': 'This key sheet',
  'key.search': 'Search',
  'key.searchLong': 'Back to the search box',
  'key.unit': 'Unit',
  'key.unitLong': 'Change the unit of the selected line',
  'key.lot': 'Lot',
  'key.lotLong': 'Choose another lot, with a reason',
  'key.price': 'Price',
  'key.priceLong': 'Set the retail price',
  'key.remove': 'Remove line',
  'key.removeLong': 'Remove the selected line, or void the sale shown',
  'key.clear': 'Drop sale',
  'key.clearLong': 'Drop the whole cart',
  'key.finish': 'Cash',
  'key.finishLong': 'The screen’s main act: take cash, save the receipt, sync now',
  'key.undoLong': 'Undo the last removal',
  'key.escape': 'Back',
  'key.escapeLong': 'Close a box, clear what was typed',
  'key.enterLong': 'Add the chosen drug, or set the quantity just typed',
  'key.arrowsLong': 'Choose among results, or among the lines of the cart',
  'key.quantityLong': 'Quantity in the line’s unit: 20, then Enter',
  'key.packsLong': 'Quantity with the first letters of a unit: 2 vỉ, then Enter',
  'key.scanLong': 'Scan a barcode anywhere: it becomes a line of the cart',
  'key.languageLong': 'English / tiếng Việt',
  'key.themeLong': 'Light, dark, or as this computer',
  'key.sheetTitle': 'Keys',
  'key.sheetIntro': 'The whole day can be worked by keys; every key has its button too.',

  'sell.searchLabel': 'Find a drug to sell',
  'sell.searchPlaceholder': 'Type a name, ingredient or registration number – or scan',
  'sell.results': 'Search results',
  'sell.noResults': 'No drug found for “{text}”',
  'sell.noResultsHint':
    'Try fewer letters, the ingredient or the registration number. Diacritics are not needed.',
  'sell.noBarcode':
    'No drug carries the barcode {barcode} yet. Search by name; barcodes come with the catalogue.',
  'sell.quantityHint': 'Enter: set {quantity} for {name}',
  'sell.quantityNotWhole':
    'A quantity must be a whole number from 1 to {quantityMax}, without signs or points. Correct what was typed.',
  'sell.noSuchUnit':
    '{name} has no unit “{unit}”, only {units}. To look for another drug, type letters of its name first.',
  'sell.outOfStock': 'Out of stock',
  'sell.noPrice': 'No price yet',
  'sell.prescription': 'Prescription drug',
  'sell.cart': 'Current sale',
  'sell.column.name': 'Drug',
  'sell.column.quantity': 'Quantity',
  'sell.column.lot': 'Lot · expiry',
  'sell.column.price': 'Price',
  'sell.column.amount': 'Amount',
  'sell.lot': '{lot} · {date}',
  'sell.lotPart': '{quantity} of lot {lot} · {date}',
  'sell.lotChosen': 'Lot chosen by the seller: {reason}',
  'sell.idle.title': 'Ready for the next customer',
  'sell.idle.body':
    'Type a few letters of a name and Enter, type the quantity and Enter, F9 takes the cash. A scanner works anywhere.',
  'sell.customer': 'Walk-in customer',
  'sell.lines': '{count} {count|line|lines}',
  'sell.total': 'Total',
  'sell.pay': 'Take cash',
  'sell.payBlocked.empty': 'Add at least one drug to take cash.',
  'sell.payBlocked.line': 'Line {line} cannot be sold yet: the line says why.',
  'sell.payBlocked.fault': 'Selling is paused at this counter.',
  'sell.sellWhatIsThere': 'Sell {quantity}',
  'sell.chooseLot': 'Choose another lot',
  'sell.removeLine': 'Remove line',
  'sell.removed': 'Removed {name}',
  'sell.cleared': 'Dropped a cart of {count} {count|line|lines}',
  'sell.less': 'One {unit} of {name} less',
  'sell.more': 'One {unit} of {name} more',
  'sell.changeUnit': 'Change the unit of {name}, now {unit}',
  'sell.selectLine': 'Select line {line}: {name}',
  'sell.priceOf': 'Price of 1 {unit} {name}',
  'sell.previous': 'Sale before {slip}',
  'sell.done.title': 'Change',
  'sell.done.exact': 'Paid exactly, no change',
  'sell.done.summary': 'Slip {slip} · total {total} · received {tendered}',
  'sell.done.next': 'Next customer: just type a name or scan.',
  'sell.done.view': 'View slip',
  'sell.earlier':
    'The sale before was recorded completely (slip {slip}, {total}). The changed cart is kept: check it, and take cash if it is a new sale.',
  'sell.keyBar': 'Keys of the selling screen',

  'pay.title': 'Take cash',
  'pay.total': 'To pay',
  'pay.tendered': 'Received',
  'pay.quick': 'Quick amounts',
  'pay.change': 'Change',
  'pay.short': 'Still missing',
  'pay.finish': 'Done',
  'pay.finishing': 'Recording…',
  'pay.notNumber': 'Type the amount received, for example 100.000.',
  'pay.notEnough': 'Not enough received: {amount} missing.',

  'key.park': 'Park',
  'key.parkLong': 'Park this sale and serve somebody else; with an empty sale, show parked ones',
  'key.parked': 'Parked',
  'key.parkedLong': 'Show the parked sales',
  'key.returns': 'Returns',
  'key.returnsLong': 'A customer returns or exchanges goods',
  'key.transfer': 'VietQR',
  'key.transferLong': 'Take a bank transfer by VietQR code',
  'key.discount': 'Discount',
  'key.discountLong': 'Take something off the sale or the selected line',
  'key.customer': 'Customer',
  'key.customerLong': 'Put a name on the slip, where the customer wants one',
  'key.severalLong': 'Several units at once: 1 box and 3 tablets, then Enter',
  'sell.transfer': 'VietQR',
  'sell.gross': 'Subtotal',
  'sell.discount': 'Discount',
  'sell.exchange': 'Exchange for slip {slip}',
  'sell.noExchange': 'No exchange',
  'pay.transferTitle': 'VietQR transfer',
  'pay.credit': 'Less returned goods',
  'pay.rounding': 'Small change left out',
  'pay.givenBack': 'Give back',
  'pay.byTransfer': 'VietQR transfer',
  'pay.restByTransfer': '{amount} left by transfer',
  'pay.noAccount': 'The shop has not entered an account yet, so there is no VietQR code.',
  'pay.toSettings': 'Enter the account',
  'pay.backToCash': 'Take cash',
  'pay.cashPart': 'Cash received: {amount}. The rest by transfer:',
  'pay.qr': 'VietQR code for {amount}',
  'pay.transferSum': 'Sum to transfer',
  'pay.reference': 'Reference',
  'pay.received': '{amount} received',
  'payset.title': 'Account for transfers',
  'payset.body':
    'Customers scan a VietQR code to pay into this account. The code is made on this machine, without a line.',
  'payset.bank': 'Bank',
  'payset.chooseBank': 'Choose a bank',
  'payset.bankMissing': 'Choose a bank.',
  'payset.number': 'Account number',
  'payset.numberBad': 'An account number has letters and digits only, 19 at most.',
  'payset.holder': 'Account holder',
  'payset.holderMissing': 'Enter the holder, so that customers can compare.',
  'payset.own': 'For this counter only',
  'payset.rounding': 'Rounding of cash',
  'payset.noRounding': 'No rounding',
  'payset.roundTo': 'Leave out what is below {step}, in the customer’s favour',
  'payset.save': 'Save',
  'payset.saved': 'Ways of paying saved',
  'open.title': 'Parked sales',
  'open.none.title': 'No sale is parked',
  'open.none.body':
    'Press F5 while selling to park the sale and serve somebody else. Parked sales outlast a power cut.',
  'open.saved': '{time} · {count} {count|line|lines}',
  'open.elsewhere': 'Open at another counter',
  'open.drop': 'Drop',
  'open.dropOf': 'Drop the parked sale {name}',
  'open.changed': 'Parked at {time} with {before}; today’s price is {now}.',
  'open.count': '{count} parked',
  'open.parked': 'Parked the sale of {total}. Any counter can take it up.',
  'discount.title': 'Discount',
  'discount.howMuch': 'How much',
  'discount.hint': '5.000 is a sum, 10% a share; leave empty for none',
  'discount.bad': 'Type a sum such as 5.000, or a share such as 10%.',
  'discount.tooMuch': 'No more than the price can be taken off.',
  'discount.of': 'Discount of',
  'discount.ofSale': 'The whole sale',
  'discount.ofLine': 'The line {name}',
  'discount.after': 'Left to pay',
  'discount.use': 'Take off',
  'customer.title': 'Name on the slip',
  'customer.intro':
    'Not required. Name and phone are printed on the slip and stay on this machine; they are sent nowhere.',
  'customer.name': 'Name',
  'customer.phone': 'Phone',
  'customer.use': 'Put on the slip',
  'back.title': 'Return or exchange',
  'back.find': 'Find the slip',
  'back.findPlaceholder': 'Slip number, or a drug that was sold',
  'back.notFound': 'No slip found. Try the number printed on it, or a drug.',
  'back.otherTill':
    'Slip {slip} is not in the books of this till (slips here begin with {shortCode}). Take it back where it was sold.',
  'back.lead':
    'Slip {slip}: what comes back goes into quarantine and is not sold again. Type how much comes back.',
  'back.soldLot': 'Lot {lot} · exp {date} · {left} can come back',
  'back.quantityOf': 'Bring back {name}',
  'back.all': 'All {amount}',
  'back.condition': 'Condition',
  'back.condition.sealed': 'Intact',
  'back.condition.opened': 'Opened',
  'back.condition.damaged': 'Damaged',
  'back.method': 'Refund by',
  'back.method.cash': 'Cash',
  'back.method.vietqr': 'Transfer',
  'back.minutes': 'Number of the return minutes',
  'back.minutesHint': 'Specially controlled drugs need minutes (appendix XVIII).',
  'back.reason': 'Reason',
  'back.reason.wrong': 'Bought by mistake',
  'back.reason.allergy': 'Allergy',
  'back.reason.unused': 'Not needed',
  'back.reasonMissing': 'Enter a reason to take goods back.',
  'back.nothing': 'Type how much of at least one drug comes back.',
  'back.other': 'Another slip',
  'back.exchange': 'Exchange for other goods',
  'back.accept': 'Take back and refund',
  'back.done': 'The goods of slip {slip} are in quarantine.',
  'slip.returns': 'Came back',
  'slip.returnedAt': '{time} · {reason}',
  'slip.returnedSum': '{amount} refunded',
  'slip.credited': '{amount} exchanged',
  'slip.discount': 'Discount on the whole',
  'slip.cashPart': 'Cash',
  'slip.transferPart': 'VietQR transfer',
  'slip.exchange': 'Less goods of slip {slip}',
  'slip.due': 'Due',
  'slip.return': 'Return or exchange',
  'slip.customer': 'Customer: {name}',
  'slip.reference': 'Transfer reference {reference}',
  'price.isZero': 'A price of 0 ₫: the customer pays nothing. Press Save again if that is right.',
  'line.expiryFar': 'More than ten years until expiry: look at the pack.',
  'line.sure': 'It is so',
  'line.costZero': 'A cost of 0 ₫: was it a gift?',

  'lot.title': 'Choose the lot of {name}',
  'lot.intro':
    'Normally the lot that expires first leaves first. Another choice needs a reason, which goes into the document.',
  'lot.fefo': 'Automatic: first expired, first out',
  'lot.left': '{amount} left',
  'lot.expired': 'Expired on {date}, must not be sold',
  'lot.reason': 'Reason for this lot',
  'lot.reason.customer': 'Customer asks for a later expiry',
  'lot.reason.opened': 'This box is already open',
  'lot.reason.damaged': 'The other lot’s box is damaged',
  'lot.reasonMissing': 'Give a reason to use this lot.',
  'lot.use': 'Use this lot',
  'lot.none': 'No lot of this drug is left on the shelf.',

  'line.unit': 'Unit',
  'line.of': '{field}: {name}',
  'receive.discard': 'Discard',
  'receive.discarded': 'Discarded a receipt of {count} {count|line|lines}',
  'stock.expiresOn': 'exp. {date}',

  'receive.title': 'Receive goods',
  'receive.intro': 'Find each drug of the invoice; type lot, expiry, quantity and cost.',
  'receive.supplier': 'Supplier',
  'receive.supplierPlaceholder': 'Name on the invoice',
  'receive.invoice': 'Invoice number',
  'receive.invoicePlaceholder': 'May be left empty',
  'receive.searchLabel': 'Find a drug to receive',
  'receive.lines': 'Lines of the receipt',
  'receive.total': 'Total cost',
  'receive.save': 'Save receipt',
  'receive.saving': 'Recording…',
  'receive.empty.title': 'The receipt has no line yet',
  'receive.empty.body':
    'Type a drug’s name in the box above and press Enter. An unfinished receipt is kept on this computer.',
  'receive.saved': 'Received {count} {count|line|lines}, {total}. The goods are in stock.',
  'receive.blocked.supplier': 'Enter the supplier’s name before saving.',
  'receive.blocked.lines': 'Add at least one line before saving.',
  'receive.blocked.line': 'Line {line} has a field that is not right yet.',
  'receive.seeStock': 'See the stock',
  'receive.sellNow': 'Sell',
  'receive.noPrices': 'No retail price yet; set it now to be able to sell:',

  'line.drug': 'Drug',
  'line.lot': 'Lot',
  'line.expiry': 'Expiry',
  'line.expiryHint': '06/27 or 30/06/2027',
  'line.quantity': 'Quantity',
  'line.unitCost': 'Unit cost',
  'line.amount': 'Amount',
  'line.remove': 'Remove line {line}',
  'line.lotBad': 'Type the lot number as printed on the pack.',
  'line.expiryBad': 'Type the expiry: 06/27 or 30/06/2027.',
  'line.expired': 'Already expired: send it back, do not take it in.',
  'line.quantityBad': 'Type a quantity, for example 10 or 2v.',
  'line.costBad': 'Type the cost in digits, for example 45.000.',
  'line.perUnit': '/ {unit}',
  'line.equals': '= {amount}',

  'stock.title': 'Stock',
  'stock.view': 'Views of the stock',
  'stock.all': 'All lots',
  'stock.expiring': 'Expiring',
  'stock.searchLabel': 'Search the stock',
  'stock.searchPlaceholder': 'Drug name or lot number',
  'stock.count': '{count} {count|lot|lots} in stock',
  'stock.column.drug': 'Drug',
  'stock.column.lot': 'Lot',
  'stock.column.expiry': 'Expiry',
  'stock.column.daysLeft': 'Left',
  'stock.column.onHand': 'On hand',
  'stock.column.packs': 'In boxes and blisters',
  'stock.column.value': 'Cost value',
  'stock.daysLeft': '{count} {count|day|days}',
  'stock.isExpired': 'Expired',
  'stock.within': 'Within {count} days',
  'stock.valueAtRisk': 'Cost of the expiring goods: {amount}',
  'stock.empty.title': 'Nothing in stock yet',
  'stock.empty.body':
    'Receive goods by invoice, or enter the opening stock if they already stand on the shelf.',
  'stock.empty.receive': 'Receive goods',
  'stock.empty.opening': 'Enter opening stock',
  'stock.noMatch.title': 'No lot found for “{text}”',
  'stock.noMatch.body': 'Try fewer letters, or a lot number.',
  'stock.noneExpiring.title': 'No lot expires in the next {count} days',
  'stock.noneExpiring.body': 'Lots appear here as they come near; nothing to do today.',
  'stock.open': 'Stock card of {name}',

  'card.title': 'Stock card',
  'card.prices': 'Retail prices',
  'card.priceOf': 'Price of 1 {unit}',
  'card.ceiling': 'Declared ceiling: {amount} / {unit}',
  'card.savePrice': 'Save price',
  'card.priceSaved': 'Price of 1 {unit} is now {amount}',
  'card.lots': 'Lots in stock',
  'card.allLots': 'All lots',
  'card.movements': 'In – out – balance',
  'card.column.at': 'When',
  'card.column.document': 'Document',
  'card.column.lot': 'Lot',
  'card.column.in': 'In',
  'card.column.out': 'Out',
  'card.column.balance': 'Balance',
  'card.kind.opening': 'Opening stock',
  'card.kind.receipt': 'Receipt',
  'card.kind.sale': 'Sale',
  'card.kind.void': 'Voided sale',
  'card.kind.customer-return': 'Customer return',
  'card.kind.supplier-return': 'Return to supplier',
  'card.kind.transfer-out': 'Transfer out',
  'card.kind.transfer-in': 'Transfer in',
  'card.kind.count': 'Stock count',
  'card.kind.disposal': 'Disposal',
  'card.kind.quarantine': 'Put in quarantine',
  'card.kind.release': 'Released from quarantine',
  'card.kind.loss': 'Loss',
  'card.kind.recovery': 'Recovered from the old till',
  'card.empty': 'No document for this drug yet.',
  'card.registration': 'Registration {number}',
  'card.notFound': 'This drug is not in the counter’s catalogue.',

  'history.title': 'Sales history',
  'history.searchLabel': 'Search by slip number',
  'history.searchPlaceholder': 'Slip number',
  'history.day': 'Day',
  'history.dayBefore': 'Day before',
  'history.dayAfter': 'Day after',
  'history.allDays': 'All days',
  'history.dayTotal': 'On {date}',
  'history.daySales': '{count} {count|slip|slips}',
  'history.column.slip': 'Slip',
  'history.column.at': 'When',
  'history.column.lines': 'Lines',
  'history.column.total': 'Total',
  'history.column.state': 'State',
  'history.reported': 'Reported',
  'history.waiting': 'Waiting',
  'history.voided': 'Voided',
  'history.empty.title': 'No sale yet',
  'history.empty.body': 'Slips appear here as soon as they are paid, offline too.',
  'history.noMatch.title': 'No slip matches',
  'history.noMatch.body': 'Try another slip number or another day.',
  'history.showAll': 'Show all slips',
  'history.choose.title': 'Choose a slip to see it',
  'history.choose.body': 'Use the arrow keys or touch a slip.',

  'slip.title': 'Slip {slip}',
  'slip.soldBy': 'Sold by {staff}',
  'slip.lot': 'Lot {lot} · exp. {date} · {quantity}',
  'slip.total': 'Total',
  'slip.tendered': 'Received',
  'slip.change': 'Change',
  'slip.reported': 'Acknowledged by the centre',
  'slip.waiting': 'Safe on this computer, waiting to be sent',
  'slip.voided': 'Voided: {reason}',
  'slip.void': 'Void sale',
  'slip.voidTitle': 'Void slip {slip}',
  'slip.voidIntro':
    'The whole sale is undone and the goods go back to their lots. Give {amount} back to the customer. The voided slip stays in the books with its reason.',
  'slip.voidReason': 'Reason for voiding',
  'slip.voidReason.wrong': 'Wrong drug keyed in',
  'slip.voidReason.quantity': 'Wrong quantity',
  'slip.voidReason.customer': 'Customer changed their mind, goods not handed over',
  'slip.voidReasonMissing': 'Give a reason to void the sale.',
  'slip.voidNow': 'Void this sale',
  'slip.alreadyVoided': 'This sale is already voided.',
  'slip.notFound': 'This slip is not in the counter’s books.',

  'sync.title': 'Sync with the centre',
  'sync.agreed.title': 'The counter’s and the centre’s books agree',
  'sync.agreed.body': 'At {time}, {count} {count|document|documents}, stock equal to the tablet.',
  'sync.waiting.title': 'Sending to the centre',
  'sync.waiting.body':
    '{count} {count|document is|documents are} waiting. Selling goes on as usual.',
  'sync.connected.title': 'Every document has been sent',
  'sync.connected.body':
    'The centre has received everything; the next comparison confirms that both sides agree.',
  'sync.offline.title': 'Offline, and selling goes on as usual',
  'sync.offline.body':
    '{count} {count|document is|documents are} safe on this computer and sent by themselves when the network is back. Nothing to do.',
  'sync.offline.bodyNothing':
    'Everything was sent before the network went. Sales from now on are kept safe on this computer and sent by themselves when it is back.',
  'sync.problem.title': 'Something needs a person',
  'sync.notEnrolled.title': 'This counter is not enrolled',
  'sync.notEnrolled.body':
    'Enrol with the code of the health department to receive the catalogue and to report.',
  'sync.now': 'Sync now',
  'sync.syncing': 'Syncing…',
  'sync.fact.pending': 'Waiting to be sent',
  'sync.fact.pendingValue': '{count} {count|document|documents}',
  'sync.fact.pendingSales': 'of these {count} {count|sale|sales}',
  'sync.fact.acked': 'Received by the centre',
  'sync.fact.ackedValue': '{acked} / {last}',
  'sync.fact.contact': 'Last contact',
  'sync.fact.never': 'Never',
  'sync.fact.next': 'Next try',
  'sync.fact.nextNone': 'When there is something new',
  'sync.fact.clock': 'Clock of this counter',
  'sync.fact.clockRight': 'As the centre’s',
  'sync.fact.clockFast': '{amount} fast',
  'sync.fact.clockSlow': '{amount} slow',
  'sync.fact.clockUnknown': 'Not compared yet',
  'sync.fact.catalogue': 'Catalogue',
  'sync.fact.catalogueValue': '{count} {count|drug|drugs}',
  'sync.fact.centre': 'Centre',
  'sync.fact.till': 'Counter',
  'sync.fact.tillValue': '{code} · version {version}',
  'sync.duration.minutes': '{count} {count|minute|minutes}',
  'sync.duration.hours': '{count} {count|hour|hours}',
  'sync.duration.days': '{count} {count|day|days}',
  'line.busy': 'The centre is busy; the counter tries again by itself.',
  'line.none': 'This computer has no network: check the cable or the Wi-Fi.',
  'line.refused':
    'The network works but the centre does not answer yet; the counter tries again by itself.',
  'line.cut': 'The line was cut half way; the counter sends again by itself.',
  'line.slow': 'The line was too slow to finish; the counter tries again by itself.',
  'line.unsafe':
    'The connection is not safe, so nothing was sent: check the computer’s date and the network in use.',
  'line.other': 'The centre was not reached yet; the counter tries again by itself.',
  'sync.agreement.title': 'Comparison of the books',
  'sync.agreement.never': 'Never compared with the centre yet.',
  'sync.agreement.agreed': 'Agreed at {time}, {count} {count|document|documents}.',
  'sync.agreement.behind': 'The centre has not received everything; send, then compare again.',
  'sync.agreement.different':
    '{count} {count|lot differs|lots differ} between the counter and the centre.',
  'sync.agreement.waiting':
    'Agreed at {time}, apart from {count} {count|document|documents} waiting at the centre. There is nothing to do here.',
  'sync.agreement.asked':
    'Agreed at {time}, apart from {count} {count|document|documents} waiting at the centre. What the counter is asked to do stands under “The centre asks you to look at this”.',
  'sync.agreement.first': 'Different from document {seq} on: {document}, {time}.',
  'sync.agreement.firstUnknown':
    'Every movement is the same and only a sum was wrong; both sides are computing it again.',
  'sync.agreement.firstLine':
    '{name}, lot {lot}: counter {tillUnits} ({tillAmount}), centre {centreUnits} ({centreAmount}).',
  'sync.agreement.document.slip': 'slip {slip}',
  'sync.agreement.document.other': 'document {type}',
  'document.OpeningStockDeclared': 'opening stock',
  'document.GoodsReceived': 'goods receipt',
  'document.SaleCompleted': 'sale',
  'document.SaleVoided': 'void of a sale',
  'document.CustomerReturnAccepted': 'customer return',
  'document.SupplierReturnSent': 'return to supplier',
  'document.TransferSent': 'transfer sent',
  'document.TransferReceived': 'transfer received',
  'document.StockCounted': 'stock count',
  'document.LotDisposed': 'disposal',
  'document.LotQuarantined': 'into quarantine',
  'document.LotReleased': 'out of quarantine',
  'document.PrescriptionDispensed': 'dispensing by prescription',
  'document.ControlledDrugLossReported': 'report of a loss',
  'document.PriceSet': 'price set',
  'document.ShiftOpened': 'shift opened',
  'document.ShiftClosed': 'shift closed',
  'document.RecallAcknowledged': 'recall confirmed',
  'document.LocalProductDefined': 'product of this shop',
  'document.StaffChanged': 'change of staff',
  'document.TillRecovered': 'recovery from an old till',
  'sync.waitingAt.record': 'Document {seq}, {document}, {time}: {reason}',
  'sync.asked.title': 'The centre asks you to look at this',
  'sync.asked.record': 'Document {seq}, {document}: {reason}',
  'sync.asked.note': 'Note: {note}',
  'sync.asked.next':
    'Compare it with the paper slip. If it was written wrongly, write a correction, then answer the Department of Health. The note goes by itself once this is settled.',
  'parked.UnknownEventType': 'the centre does not know this kind of document yet.',
  'parked.NewerEventVersion': 'this program is newer than the centre’s.',
  'parked.InvalidEventData': 'the centre cannot read its content.',
  'parked.UnknownDrugCode': 'it names a drug that the centre could not match.',
  'parked.WaitsForParked': 'it waits for the document it names.',
  'parked.RefusedByDatabase': 'the centre could not write its content yet.',
  'sync.agreement.support': 'Figures to read out to support',
  'sync.agreement.head': 'Books',
  'sync.agreement.stock': 'Stock',
  'sync.difference.till': 'At the counter',
  'sync.difference.centre': 'At the centre',
  'sync.difference.difference': 'Difference',
  'backup.title': 'Backup',
  'backup.never':
    'There is no backup yet. If this computer fails, what was not sent to the centre is lost.',
  'backup.verified':
    'The last backup was opened and proved at {time}: {count} documents, {megabytes} MB.',
  'backup.failed':
    'The backup at {time} failed. The one before is still there; check the free space on the disk and back up again.',
  'backup.old': 'No new backup for more than {days} days. Press Back up now.',
  'backup.run': 'Back up now',
  'backup.running': 'Backing up and proving…',
  'backup.second.label': 'Second folder or USB stick',
  'backup.second.hint':
    'Each backup is also copied here, in case the disk fails. Leave empty for none.',
  'backup.second.save': 'Save folder',
  'backup.second.unchanged': 'Nothing has changed',
  'backup.second.neverCopied': 'never',
  'backup.second.waiting': 'The next backup will also be copied to {folder}.',
  'backup.second.copied': 'Copied to {folder} at {time}.',
  'backup.second.missing':
    'Could not be copied to {folder} (last time: {time}). Plug in the stick or choose another folder, then back up again.',
  'recovered.title': 'In the place of {code}',
  'recovered.body':
    'The centre handed over {count} documents of the old till and {lots} lots of stock; the old till last reported at {time}.',
  'recovered.slips':
    'The last slip reported: {slip}, at {time}. Paper slips with higher numbers are not in the books: enter each of them again.',
  'recovered.slipsForked':
    'Two different journals bore the name of till {code}, so a slip’s number does not tell what is missing: do not enter slips again by number. Open the old books below; the program names exactly the slips that the centre has not.',
  'recovered.openShift':
    'Shift {number}, opened at {time} on the old till, was left open and cannot be closed any more. By the {count} slips of it that were reported, the drawer must hold {cash}. Count the drawer, write down any difference, then open a new shift with what you counted.',
  'recovered.noSlip': 'Till {code} had reported no sale: enter all of its paper slips again.',
  'restored.title': 'Put back from a backup, {time}',
  'restored.body':
    'The backup {file} held {events} documents; the centre handed back {gained} recorded after it.',
  'restored.slips':
    'A paper slip printed before {time} with a number above {slip} is not in the books: enter it again. Slips sold after that are in the books; do not enter those.',
  'restored.noSlip': 'The books hold no sale yet: enter all paper slips again.',
  'restored.waiting.title': 'The books are fetching what they lack: no selling yet',
  'restored.waiting.body':
    'The backup ends at {time}. The counter is fetching the documents that the centre received after that and sells on when it has them. Looking at the books works meanwhile.',
  'restored.waiting.offline':
    'The backup ends at {time}; the centre may have received slips written after that. Connect to the network: the counter fetches them by itself and sells on. Looking at the books works meanwhile.',
  'restored.older.waiting':
    'The books on this computer end at {time}, and the centre has received more documents under this counter’s name. Nothing is lost: the counter is fetching them and sells on when it has them. Looking at the books works meanwhile.',
  'restored.older.offline':
    'The books on this computer end at {time}, and the centre has received more documents under this counter’s name. Nothing is lost. Connect to the network: the counter fetches them by itself and sells on. Looking at the books works meanwhile.',
  'restored.older.title': 'The books have what they lacked, {time}',
  'restored.older.body':
    'The books on this computer held only {events} documents; the centre handed back {gained} recorded after them. Usually somebody put an older copy of the disk back. If nobody did, tell the health department: another computer may be using this counter’s name.',
  'restored.waiting.fork':
    'The centre has other documents under the same numbers: another computer used this counter’s name. Nothing is lost, but these books cannot be continued. Ask the health department for a recovery code.',
  'restored.waiting.revoked':
    'The centre no longer takes this counter: another computer may have taken its place. These books can only be looked at. Ask the health department for a recovery code.',
  'putAside.open': 'Begin anew with a recovery code',
  'putAside.title': 'Put these books aside and begin anew?',
  'putAside.body':
    'For when the health department has issued a recovery code for this computer. The books as they are stay on this computer, whole, and are not continued. After the code is entered the centre hands back all it has received; slips that were not reported can be looked up on this screen and entered again.',
  'putAside.run': 'Put aside and enter the code',
  'putAside.running': 'Putting the books aside…',
  'oldBooks.title': 'What the old till had not reported',
  'oldBooks.body':
    'Open the old disk or a backup: the program only reads it, changes nothing, and names exactly the slips the centre never received, to be entered again.',
  'oldBooks.file': 'Backup file, or the program’s folder on the old disk',
  'oldBooks.fileHint': 'For example E:\\backup\\till-A1-9c21f0b7a4e3-20261122T203000.db.zst',
  'oldBooks.fileMissing': 'Type the path first',
  'oldBooks.open': 'Open to look',
  'oldBooks.opening': 'Opening and checking…',
  'oldBooks.openBackup': 'Backup {time}',
  'oldBooks.openAside': 'Books put aside {time}',
  'oldBooks.nothing':
    'All {count} documents in these books of till {code} have arrived. Nothing is to be entered again.',
  'oldBooks.summary':
    'Till {code} holds {count} {count|document|documents} not reported, {sales} of them sales, {amount} in all. Enter each slip below again.',
  'oldBooks.slips': 'Slips not reported',
  'oldBooks.line': '{quantity} {unit} {name}',
  'oldBooks.lot': 'lot {lot} · {date}',
  'oldBooks.others': 'Other documents not reported',
  'oldBooks.other': '{document}, {time}',
  'sync.rebuild.title': 'Compute again from the journal',
  'sync.rebuild.body':
    'Computes stock and stock cards again from the journal. No document changes. Use it when support asks.',
  'sync.rebuild.progress':
    'Read {done} of {events} {events|document|documents} again. Selling goes on as usual.',
  'sync.rebuild.proved':
    'Last checked by itself {time}: {events} {events|document|documents}, stock and stock cards as the journal says.',
  'sync.rebuild.notProved': 'Not yet checked to the end since it was installed.',
  'sync.rebuild.repair':
    '{time}: put {rows} {rows|row|rows} of stock or stock cards right by the journal.',
  'sync.rebuild.repairs': 'What repaired itself',
  'sync.rebuild.run': 'Compute again',
  'sync.rebuild.running': 'Computing…',
  'sync.rebuild.same': 'Read {events} documents and {movements} movements again: all as before.',
  'sync.rebuild.repaired':
    'Read {events} documents and {movements} movements again and put stock or stock cards right that differed. Please tell support.',

  'carry.title': 'Report without a line',
  'carry.body':
    'Save the reports to a stick, or show QR codes for somebody to film; bring them to a health station, the Department of Health, or a counter with a line. The answer file that comes back confirms them.',
  'carry.export': 'Save reports to a file',
  'carry.import': 'Take a file from a stick',
  'carry.saved':
    'The file carries {count} documents that were not sent yet. The counter keeps them until an answer comes.',
  'carry.saved.more':
    'The file carries {count} documents; {left} more go with the next file, after the answer.',
  'carry.saved.nothing': 'Nothing waits to be sent; the file only asks the centre for news.',
  'carry.taken':
    'The centre has {count} more documents; {changes} catalogue changes reached the counter.',
  'carry.taken.known': 'This answer was taken in before; nothing changed.',
  'carry.taken.gap':
    'The centre lacks everything from document {seq} on. Save the reports again and send the new file.',
  'carry.taken.refused':
    'The centre did not take these reports. Nothing is lost; the reason stands at the top of the page.',
  'carry.relayed':
    'Passed on the reports of {name}: the centre has {count} more documents. Bring them the answer file just saved.',
  'carry.qr.show': 'Show QR codes',
  'carry.qr.hide': 'Close QR codes',
  'carry.qr.frame': 'Frame {number} / {total}',
  'carry.qr.pause': 'Pause',
  'carry.qr.go': 'Go on',
  'carry.qr.previous': 'Previous frame',
  'carry.qr.next': 'Next frame',
  'carry.qr.tooLong': '{count} documents are too many for QR codes. Save a file instead.',
  'settings.title': 'Settings',
  'settings.intro': 'What the shop chooses for itself. Kept on this machine, sent nowhere.',
  'settings.update.title': 'Program version',
  'settings.update.body':
    'This machine runs version {version}. A newer one is taken only with the publisher’s signature; the books are backed up before it takes over.',
  'settings.update.never': 'Not looked for a newer version yet.',
  'settings.update.newest': 'This is the newest version, looked for at {time}.',
  'settings.update.offered': 'Version {version} is there ({megabytes} MB).',
  'settings.update.elsewhere':
    'Version {version} is there. A copy in a browser cannot exchange itself: ask whoever looks after the main machine.',
  'settings.update.downloading': 'Fetching version {version}: {percent} %. Selling goes on.',
  'settings.update.ready':
    'Version {version} is ready. Exchanging takes about a minute; the cart is kept.',
  'settings.update.installing':
    'Backing up, then exchanging for version {version}. The program opens again by itself.',
  'settings.update.install': 'Exchange now',
  'settings.update.check': 'Look for a newer version',
  'settings.update.checking': 'Looking…',
  'settings.update.byItself': 'Exchange by itself after hours',
  'settings.update.at': 'From',
  'settings.update.folder': 'Folder on a stick',
  'settings.update.folderHint': 'For places without a line, for example E:\\',
  'settings.update.fromFolder': 'Take from the stick',
  'settings.update.problem.nothing-there': 'There is no newer version for this machine there.',
  'settings.update.problem.not-authentic':
    'A newer version is there, but without the publisher’s signature, or changed since. Do not use it, and tell your supporter.',
  'settings.update.problem.unreadable':
    'The description of the newer version cannot be read. This version stays.',
  'settings.update.problem.not-newer': 'What was found is no newer than this version.',
  'settings.update.problem.other-computer': 'What was found is for another kind of computer.',
  'settings.update.problem.not-installable':
    'This copy of the program cannot exchange itself. Ask your supporter to install the newer one.',
  'settings.update.problem.unreachable':
    'Not fetched yet. The machine tries again by itself; selling goes on.',
  'settings.update.problem.wrong-file':
    'The file that came is not the one that was announced, so it was thrown away. Look again; if it stays so, tell your supporter.',
  'settings.update.problem.no-backup':
    'Not exchanged, because the books could not be backed up first. See the backup on the Sync screen.',
  'settings.diagnostics.title': 'When you need support',
  'settings.diagnostics.body':
    'Makes a summary of this machine for a supporter: versions, sizes, synchronisation and the last lines of the log. No customer, no staff name, no price and no drug. You can read all of it before you give it away.',
  'settings.diagnostics.make': 'Show the state of this machine',
  'settings.diagnostics.save': 'Save as a file',

  'inspection.title': 'Journal for inspection',
  'inspection.body':
    'The whole journal of this counter in one signed file. An inspector can judge it without a line and without this machine.',
  'inspection.run': 'Export the journal',
  'inspection.running': 'Exporting the journal…',
  'inspection.done':
    'Exported {count} documents; the last {unreported} have no receipt of the centre yet.',

  'setup.steps': 'Steps of the set-up',
  'setup.step.enrol': 'Enrol',
  'setup.step.download': 'Get the catalogue',
  'setup.step.opening': 'Opening stock',
  'setup.step.ready': 'First sale',
  'setup.step.done': 'done',
  'setup.enrol.title': 'Welcome. Which facility is this counter?',
  'setup.enrol.body':
    'Enter the enrolment code the health department issued to the facility and the centre’s address that came with it. A code works once.',
  'setup.enrol.againTitle': 'Enter the recovery code',
  'setup.enrol.againBody':
    'The old books are kept whole. Enter the recovery code that the health department issued for this counter; the centre hands back everything it has received. Its address is filled in as before.',
  'setup.enrol.code': 'Enrolment or recovery code',
  'setup.enrol.codeHint': '12 letters and digits; case, spaces and hyphens do not matter.',
  'setup.enrol.centre': 'Address of the centre',
  'setup.enrol.centreHint': 'For example https://centre.example.vn',
  'setup.enrol.run': 'Enrol this counter',
  'setup.enrol.hasBackup': 'Did this computer sell before, and is there a backup?',
  'restore.open': 'Restore from a backup',
  'restore.title': 'Put the books back from a backup',
  'restore.body':
    'For this very computer, when its disk was lost or its books are damaged. Every document of the backup is checked before it is put in place; old books, where there are any, are kept beside it.',
  'restore.folder': 'Folder or stick with the backup',
  'restore.folderHint': 'Empty: looks on this computer and on sticks that are plugged in.',
  'restore.folderMissing': 'This folder is not there. Plug the stick in or check the path.',
  'restore.look': 'Look',
  'restore.found': 'Backups found',
  'restore.none.title': 'No backup found yet',
  'restore.none.body': 'Plug in the stick with the backup and press Look, or type its folder.',
  'restore.column.madeAt': 'Made at',
  'restore.column.till': 'Till',
  'restore.column.folder': 'Where',
  'restore.column.size': 'Size',
  'restore.megabytes': '{megabytes} MB',
  'restore.run': 'Restore',
  'restore.runNamed': 'Restore the backup of {time}',
  'restore.running': 'Opening the backup and checking every document…',
  'restore.done': '{count} {count|document|documents} put back from the backup.',
  'restore.back': 'Back to enrolment',
  'restore.useCode': 'Enter a recovery code',
  'setup.enrol.running': 'Enrolling…',
  'setup.enrol.codeMissing': 'Enter the enrolment code.',
  'setup.enrol.centreBad': 'Enter an address that begins with https:// or http://.',
  'setup.download.title': 'Getting the drug catalogue',
  'setup.download.doneTitle': 'The drug catalogue is on this computer',
  'setup.download.body':
    'The national catalogue is copied to this computer so that search and sale work offline too. You may switch off: it goes on next time.',
  'setup.download.count': '{count} {count|drug|drugs} on this computer so far',
  'setup.download.done': 'The catalogue is ready: {count} {count|drug|drugs}.',
  'setup.download.offline':
    'The centre cannot be reached yet. The counter keeps trying; check the network if it takes long.',
  'setup.download.emptyCatalogue':
    'The centre has not published a catalogue yet. You may go on; drugs appear when there are any.',
  'setup.continue': 'Continue',
  'setup.opening.title': 'What stands on the shelves?',
  'setup.opening.body':
    'Find each drug; type lot, expiry and the quantity counted. Save as often as you like: every time adds new lots.',
  'setup.opening.searchLabel': 'Find a drug on the shelf',
  'setup.opening.cost': 'Cost',
  'setup.opening.costHint': 'May be left empty',
  'setup.opening.lines': 'Lots counted',
  'setup.opening.empty.title': 'No lot counted yet',
  'setup.opening.empty.body':
    'Begin with what sells most. What you typed is kept on this computer, switched off or not.',
  'setup.opening.save': 'Save opening stock',
  'setup.opening.saving': 'Recording…',
  'setup.opening.skip': 'Skip, later',
  'setup.opening.skipHint': 'Enter it at any time on the Stock screen.',
  'setup.opening.saved': 'Entered {count} {count|lot|lots} as opening stock.',
  'setup.ready.title': 'The counter is ready',
  'setup.ready.body':
    '{facility} is enrolled, {count} {count|drug is|drugs are} on this computer. Make the first sale.',
  'setup.ready.run': 'Make the first sale',
  'setup.ready.more': 'Enter more opening stock',

  'setup.ready.lesson': 'The fastest sale has four beats',
  'setup.ready.lesson1': 'Type a few letters of a name',
  'setup.ready.lesson2': 'Type the quantity',
  'setup.ready.lesson3': 'Open the payment',
  'setup.ready.lesson4': 'Paid exactly: done',
  'problem.title': 'Not done yet',
  'problem.NotEnrolled': 'The counter is not enrolled, so nothing can be recorded. Enrol it first.',
  'problem.UnknownDrug':
    'The counter’s catalogue has no drug {name}. Remove the line and search for it by name.',
  'problem.UnknownUnit': '{name} has no unit “{unit}”. Press F3 to change to another unit.',
  'problem.EmptyDocument': 'There is no line to record. Add at least one drug.',
  'problem.TooManyLines':
    'The document has {lines} lines, at most {linesMax} are possible. Split it into several.',
  'problem.BadQuantity':
    'The quantity of {name} must be a whole number from 1. Type the quantity again.',
  'problem.QuantityTooLarge':
    'The quantity of {name} is too large (at most {unitsMax} smallest units). Check what was typed.',
  'problem.PriceNotSet': 'There is no price for 1 {unit} {name} yet. Set one to sell it.',
  'problem.PriceTooHigh':
    'The price of {name} must be a whole number from 0 to {priceVndMax}. Type it again.',
  'problem.PriceAboveCeiling':
    'The price {price} of {name} is above the declared {ceiling}. Set it to that or less.',
  'problem.DiscountTooLarge':
    'The discount of {name} must be a whole number from 0 to the amount of its line. Type it again.',
  'problem.UnknownLot': 'Lot {lot} of {name} is no longer in stock. Press F4 for another lot.',
  'problem.LotExpired':
    'Lot {lot} of {name} expired on {date} and must not be sold. Press F4 for another lot.',
  'problem.LotReasonMissing': 'Choosing lot {lot} of {name} needs a reason. Press F4 to give it.',
  'problem.InsufficientStock':
    '{wanted} wanted but only {sellable} of {name} can be sold. Lower the quantity or receive more.',
  'problem.InsufficientStock.expired':
    '{wanted} wanted but only {sellable} of {name} can be sold; {expired} are expired and must not be sold. Lower the quantity or receive more.',
  'problem.InsufficientStock.none':
    '{name} is out of stock. Remove the line or receive more goods.',
  'problem.InsufficientStock.onlyExpired':
    'All {expired} left of {name} are expired and must not be sold. Remove the line or receive a new lot.',
  'problem.InsufficientStock.blocked':
    'Another {blocked} stand in quarantine or are recalled and may not be sold.',
  'problem.LotQuarantined':
    'Lot {lot} of {name} stands in quarantine and may not be sold. Press F4 for another lot.',
  'problem.LotHoldsLess.shelf':
    'Only {held} of lot {lot} of {name} stand on the shelf, so {wanted} cannot be taken. Check the quantity.',
  'problem.LotHoldsLess.quarantine':
    'Only {held} of lot {lot} of {name} stand in quarantine, so {wanted} cannot be taken. Check the quantity.',
  'problem.BadCount':
    'The count of lot {lot} of {name} must be a whole number from 0. Type it again.',
  'problem.UnknownPosition':
    'The count sheet of lot {lot} of {name} does not belong to this machine’s book. Open a new sheet and count again.',
  'problem.LotCountedMeanwhile':
    'Lot {lot} of {name} was counted and corrected after this moment. Count it again, so that nothing is corrected twice.',
  'problem.CountContradicted':
    '{counted} of lot {lot} of {name} were counted, but {left} have left it since. Count this lot again.',
  'problem.LotRecalled':
    'Lot {lot} of {name} is recalled by {recallNumber} and may not be sold. Put it in quarantine.',
  'problem.UnknownRecall': 'No recall {recallNumber} is in force. Look at the list of recalls.',
  'problem.RecallAlreadyAcknowledged':
    'Recall {recallNumber} was acknowledged and none of it is on the shelf. Nothing more to do.',
  'problem.SaleHasReturns':
    'Part of slip {slip} was brought back, so it cannot be voided. Take back the rest if need be.',
  'problem.NotInSale':
    'Slip {slip} did not sell lot {lot} of {name} on this line. Choose the line of the slip again.',
  'problem.ReturnExceedsSale':
    'Only {returnable} of lot {lot} of {name} can still be taken back, not {wanted}. Correct the quantity.',
  'problem.TransferToSelf': 'This is the code of this very facility. Choose another one.',
  'problem.TransferAlreadyReceived': 'This transfer was received before. Nothing more to do.',
  'problem.ReceivedMoreThanSent':
    'The transfer says {sent} of lot {lot} of {name}, so {received} cannot be received. Count again and correct it.',
  'problem.PrescriptionMissing':
    '{name} is sold only with a prescription. F6 enters it; or advise what needs none.',
  'problem.PaymentTooSmall':
    'Received {tendered}, less than {total}. Type the amount received again.',
  'problem.TotalChanged':
    'A price has just changed: the new total is {total}, the screen showed {shown}. Tell the customer and take the new total.',
  'problem.OpenSaleElsewhere':
    'This sale is open at another counter. Sell it there, or take it over from the parked sales.',
  'problem.OpenSaleSold':
    'This sale was finished at another counter. See History; do not sell it again.',
  'problem.UnknownOpenSale': 'This parked sale is gone: another counter has dropped it.',
  'problem.TooManyOpenSales':
    '{openSalesMax} sales are parked. Sell or drop some of them, then park this one.',
  'problem.SaleInExchange':
    'Slip {slip} is an exchange and cannot be voided. Take its goods back instead.',
  'problem.ReturnNeedsPharmacist':
    '{name} is specially controlled: only a pharmacist takes it back. Ask a pharmacist to sign in.',
  'problem.ReturnMinutesMissing':
    '{name} is specially controlled: write the return minutes (appendix XVIII) and enter their number.',
  'problem.DiscountNotPermitted':
    'Whoever sells now may take off {percentMax} % at most. Take off less, or ask somebody who may.',
  'problem.UnknownSale': 'This slip is not in the counter’s books. Search by its number.',
  'problem.SaleAlreadyVoided': 'Slip {slip} was voided before. Nothing more to do.',
  'problem.DuplicateLot': 'Lot {lot} of {name} is there twice. Join the two lines into one.',
  'problem.ReceivedExpired':
    'Lot {lot} of {name} is expired and cannot be received. Send it back and remove the line.',
  'problem.OpeningAlreadyDeclared':
    'Lot {lot} of {name} is already in the opening stock. Remove the line; new goods go to Receive.',
  'problem.NotControlled':
    '{name} is not a specially controlled drug. Count what is missing, dispose of what is damaged.',
  'problem.FoundInFuture': 'The time of discovery, {time}, is yet to come. Check date and time.',
  'problem.PrescriptionCodeMalformed':
    'The code {code} has a wrong form: 12 digits and letters, a dash, then C, N, H, Y or T. Read it again on the prescription.',
  'problem.PrescriptionNotYetValid':
    'Prescription {code} can be sold only from {date}. Check its date or its stage.',
  'problem.PrescriptionExpired':
    'Prescription {code} could be collected until {date}. Ask the customer to see the doctor for a new one.',
  'problem.CollectorMissing':
    'Prescription {code} has a narcotic, psychotropic or precursor: write down name and identity paper of the person who collects.',
  'problem.PrescribedTwice': 'Prescription {code} has {name} twice. Make it one line.',
  'problem.NotPrescribed':
    '{name} is not on prescription {code}. Remove it, or enter the drug that is prescribed.',
  'problem.PrescriptionFormWrong':
    '{name} is sold only on a form {forms}; prescription {code} is of another form.',
  'problem.PrescriptionDiffers':
    'Prescription {code} was entered before with {earlier} of {name}, now with {prescribed}. A prescription is never edited; read it again.',
  'problem.PrescriptionExceeded':
    'Prescription {code} has {remaining} of {name} left, not {wanted}. Reduce the quantity.',
  'problem.SupplyDaysMissing':
    'Prescription {code}: enter for how many days {name} is meant, then sell.',
  'problem.SupplyTooLong':
    'Prescription {code} gives {name} for {days} days; the law allows {daysMax}. Call the prescriber.',
  'problem.StageTooLong':
    'Prescription {code}: a stage has at most {daysMax} days. Check its dates.',
  'problem.SubstitutionNotAllowed':
    'Only a pharmacy may substitute. Sell what was prescribed instead of {name}.',
  'problem.ConsentMissing':
    'The buyer must agree to {name} instead. Ask and tick it, or sell what was prescribed.',
  'problem.SubstituteDiffers':
    '{name} differs from {prescribed} in active, strength or form. Choose an equal one, or ask the prescriber.',
  'problem.UnknownPhoto': 'This machine has no photo of prescription {code}. Take it again.',
  'problem.PhotoUnusable': 'The photo cannot be read. Use a JPG, PNG or WebP under 700 KB.',
  'problem.BuyerMissing':
    '{name} needs the name and address of the buyer in the book. Open “Safety” and enter them.',
  'problem.OutOfRange.vaccine':
    'Retailers sell no vaccines: {name}. Send the customer to a vaccination centre.',
  'problem.OutOfRange.raw-material':
    '{name} is a raw material and not sold at retail. Remove the line.',
  'problem.OutOfRange.not-traditional':
    'This shop sells herbal and traditional medicine only, not {name}. Send the customer to a pharmacy.',
  'problem.OutOfRange.not-on-licence':
    'The licence does not name the controlled class of {name}. Send the customer where it may be sold.',
  'problem.Contraindicated': '{because} Not sold: {names}.',
  'problem.NotWeighed': '{names}: {because} A pharmacist gives a reason, or one drug is left out.',
  'safety.language': 'en',
  'safety.twice': 'The same active twice.',
  'safety.pair': '{one} with {other}',
  'problem.ShiftAlreadyOpen': 'Shift {number}, opened at {time}, is not closed. Close it first.',
  'problem.NoShiftOpen': 'No shift is open. Open one before you look at it or close it.',
  'problem.BadAmount': '{amount} is no amount that can be counted. Type the amount again, in đồng.',
  'problem.UnknownLocalProduct': 'This facility has no own product {code}. Add a new one.',
  'problem.ProductKnownAlready':
    'The number {number} belongs to {name} already. Use that product, do not add it twice.',
  'problem.SmallestUnitFixed':
    '{name} has been traded by the {unit}, so its smallest unit cannot change. Add a new product if the packing is another one.',
  'problem.UnknownStaff': 'There is no staff member {staffId}. Add them first.',
  'problem.StaffNotChanged': '{staffId} is just so already; there is nothing to record.',
  'problem.CertificateMissing':
    'The pharmacist {staffId} needs the number of the practice certificate. Enter it and save again.',
  'problem.LastInCharge': '{staffId} is the only responsible pharmacist. Name another one first.',
  'problem.PinTooSimple': 'A PIN has 4 to 8 digits, not all the same and not in a row like 1234.',
  'problem.UnknownCall':
    'The screen and the counter’s program are of different versions. Nothing is lost; reload the screen.',
  'problem.BadInput':
    'A field is not right, so nothing was recorded. Nothing is lost; check what was typed.',
  'problem.Fault':
    'The computer could not write to its disk, so nothing was recorded. Check for free space and try again.',
  'problem.EnrolmentRefused.unknown-code':
    'The centre does not know this code. Check every character, or ask for a new code.',
  'problem.EnrolmentRefused.used-code':
    'This code was already used for another counter. Ask the health department for a new one.',
  'problem.EnrolmentRefused.expired-code':
    'This code has expired. Ask the health department for a new one.',
  'problem.EnrolmentRefused.facility-has-till':
    'This facility already has an active counter. A second counter is a browser served by the main computer; if the old computer is broken, ask the health department to retire it.',
  'problem.EnrolmentRefused.licence-not-valid':
    'The facility’s licence is not valid at the centre. Contact the health department.',
  'problem.EnrolmentRefused.unknown-protocol':
    'The counter’s program and the centre are of different versions. Update the program, then enrol.',
  'problem.CentreUnreachable':
    'The centre cannot be reached. Nothing is lost; check the network and the address, then try again.',
  'problem.CarrierRefused.not-a-carrier-file':
    'This is neither a report nor an answer file. Nothing changed; choose another file.',
  'problem.CarrierRefused.unknown-version':
    'The file is of another version. Nothing changed; update the program and try again.',
  'problem.CarrierRefused.damaged':
    'The file is damaged or was copied in part. Nothing is lost; copy it again and retry.',
  'problem.CarrierRefused.too-large':
    'The file is larger than any report. Nothing changed; choose another file.',
  'problem.CarrierRefused.not-authentic':
    'The signature on the file does not hold, so it was not taken. Nothing changed; ask the centre for it again.',
  'problem.CarrierRefused.other-till':
    'This answer is for another till. Nothing changed; bring it to that till.',
  'problem.NotCaughtUp':
    'The books on this computer are older than what the centre may have received, so nothing new can be recorded yet; nothing is lost. Connect to the network and press Sync now: the counter fetches what it lacks and sells on. Looking at the books works.',
  'problem.BackupRefused.not-found':
    'This file is not there. Plug the stick in again or check the path, then retry.',
  'problem.BackupRefused.damaged':
    'This backup is damaged or was copied in part, so it cannot be used. Nothing changed; choose another one.',
  'problem.BackupRefused.newer':
    'This backup was made by a newer program. Update the program, then retry.',
  'problem.BackupRefused.not-enrolled':
    'There are no books of any counter in this file. Nothing changed; choose another one.',
  'problem.BackupRefused.other-machine':
    'This backup is another computer’s: the key of the counter is kept in that computer, not in the backup. Nothing changed. Ask the health department for a recovery code and enrol this computer; then open this backup on the Sync screen to see the slips that were not reported.',
  'problem.BackupRefused.not-empty':
    'This computer has books that work, so a backup does not take their place. Nothing changed.',
  'problem.BackupRefused.other-till':
    'These are neither the books of this till nor of the one it replaced. Nothing changed; choose another file.',
  'problem.BackupRefused.in-use':
    'The centre still takes the books of this computer, so they are not put aside. Nothing changed.',
  'problem.PrintRefused.no-printer':
    'There is no printer yet. Add one under Printing; everything can still be seen and printed later.',
  'problem.PrintRefused.queue-full':
    'Too many papers wait for this printer. Look at the printer; no slip is lost, print it from History.',
  'problem.PrintRefused.not-found':
    'There is nothing left to print here: it was printed or given up.',
  'problem.PrintRefused.no-drawer':
    'No drawer hangs on this printer. Open it with its key, or change that under Printing.',
  'problem.AlreadyEnrolled': 'This counter is already enrolled. Just go on.',
  'problem.TillUnreachable':
    'Contact with the counter’s main computer was lost, so it is unknown whether this was recorded. Try again: nothing is recorded twice.',
  'problem.TillUnreachable.question':
    'Contact with the counter’s main computer was lost; nothing is lost. Trying again.',

  'syncProblem.fork':
    'The centre has received another journal under this counter’s name (perhaps the computer was copied). Sending is paused; selling goes on. Call the health department to enrol again.',
  'syncProblem.revoked':
    'The centre no longer accepts reports of this counter. Selling goes on; call the health department for the reason.',
  'syncProblem.not-authentic':
    'The answer received does not carry the centre’s signature and was ignored. Check the network in use; selling goes on.',
  'syncProblem.unknown-till':
    'The centre does not know this counter and has not taken it back. Selling goes on and is recorded here but not reported; ask the health department for a recovery code.',
  'syncProblem.unknown-protocol':
    'The centre no longer understands this version. Update the program; selling goes on and nothing is lost.',
  'syncProblem.malformed':
    'The centre could not read what was sent. Nothing is lost and selling goes on; call support.',
  'syncProblem.different-stock':
    'Stock at the counter and at the centre differ; the lots are named below. Selling goes on; call support.',
  'syncProblem.clinic-asks':
    'The centre asks you to look at a document; its note stands below. Selling goes on as usual.',
  'syncProblem.unexpected-answer':
    'The centre’s address gave a wrong answer (perhaps the network’s sign-in page). Check the network; selling goes on.',
  'syncProblem.database-damaged':
    'The books on this computer are damaged in one place. Recording has stopped so that no more is lost; call support and delete nothing.',
};
