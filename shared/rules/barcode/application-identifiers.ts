/**
 * The application identifiers that stand on medicines (GS1 General Specifications §3.2): what a
 * field means, how long it is, of which characters.
 */
export type FieldName =
  | 'sscc'
  | 'gtin'
  | 'contentGtin'
  | 'lot'
  | 'producedOn'
  | 'packedOn'
  | 'bestBefore'
  | 'sellBy'
  | 'variant'
  | 'expiresOn'
  | 'serial'
  | 'variableCount'
  | 'count'
  | 'additionalId'
  | 'expiresAt'
  | 'reimbursement'
  | 'unitPrice';

export type ApplicationIdentifier = {
  readonly ai: string;
  readonly field: FieldName;
  readonly form: 'digits' | 'text' | 'date' | 'checked-digits';
  readonly lengthMin: number;
  readonly lengthMax: number;
};

/** YYMMDD and GTINs need no separator after them; the others do, unless they are last. */
export const applicationIdentifiers: readonly ApplicationIdentifier[] = [
  fixed('00', 'sscc', 'checked-digits', 18),
  fixed('01', 'gtin', 'checked-digits', 14),
  fixed('02', 'contentGtin', 'checked-digits', 14),
  upTo('10', 'lot', 'text', 20),
  fixed('11', 'producedOn', 'date', 6),
  fixed('13', 'packedOn', 'date', 6),
  fixed('15', 'bestBefore', 'date', 6),
  fixed('16', 'sellBy', 'date', 6),
  fixed('17', 'expiresOn', 'date', 6),
  fixed('20', 'variant', 'digits', 2),
  upTo('21', 'serial', 'text', 20),
  upTo('30', 'variableCount', 'digits', 8),
  upTo('37', 'count', 'digits', 8),
  upTo('240', 'additionalId', 'text', 30),
  fixed('7003', 'expiresAt', 'digits', 10),
  // National healthcare reimbursement numbers: Germany, France, Spain, Brazil, Portugal.
  ...['710', '711', '712', '713', '714'].map((ai) => upTo(ai, 'reimbursement', 'text', 20)),
  fixed('8005', 'unitPrice', 'digits', 6),
];

export function identifierAt(text: string, at: number): ApplicationIdentifier | undefined {
  return applicationIdentifiers.find(({ ai }) => text.startsWith(ai, at));
}

type Form = ApplicationIdentifier['form'];

function fixed(ai: string, field: FieldName, form: Form, length: number): ApplicationIdentifier {
  return { ai, field, form, lengthMin: length, lengthMax: length };
}

function upTo(ai: string, field: FieldName, form: Form, lengthMax: number): ApplicationIdentifier {
  return { ai, field, form, lengthMin: 1, lengthMax };
}
