/**
 * What stands on a piece of paper, before anybody decides how it gets there: as dots on a roll
 * (draw-paper.ts), as letters of a printer's own (text-paper.ts) or as a page (page-pdf.ts).
 */
export type Paper = {
  /** Of a file and of the entry in the printer's queue. */
  readonly title: string;
  readonly blocks: readonly PaperBlock[];
};

export type TextLook = 'small' | 'normal' | 'strong' | 'large' | 'huge';

export type PaperBlock =
  | {
      readonly type: 'text';
      readonly text: string;
      readonly look?: TextLook;
      readonly isCentred?: boolean;
    }
  /** Two ends of one line; where they do not fit, the left one takes more lines. */
  | {
      readonly type: 'row';
      readonly left: string;
      readonly right: string;
      readonly look?: TextLook;
    }
  | PaperItem
  | { readonly type: 'rule' }
  /** White on black, so that nobody overlooks it: a copy, an undone sale, practice. */
  | { readonly type: 'banner'; readonly text: string }
  /** As a QR code with its letters below it. */
  | { readonly type: 'code'; readonly text: string }
  | { readonly type: 'space' }
  /** Room for a hand to sign. */
  | { readonly type: 'signature' };

/** One line of a sale: on a roll two or more lines, on a page one row of a table. */
export type PaperItem = {
  readonly type: 'item';
  readonly number: number;
  readonly name: string;
  readonly quantity: string;
  readonly unit: string;
  /** Empty where the amount does not follow from one price. */
  readonly price: string;
  readonly amount: string;
  /** Lots, a discount: below it in small letters. */
  readonly notes: readonly string[];
};

/** `20 viên × 500` */
export function quantityWords({ quantity, unit, price }: PaperItem): string {
  return price === '' ? `${quantity} ${unit}` : `${quantity} ${unit} × ${price}`;
}

/** How to leave out what is not there. */
export function present(...blocks: readonly (PaperBlock | undefined | false)[]): PaperBlock[] {
  return blocks.filter((block) => block !== undefined && block !== false);
}
