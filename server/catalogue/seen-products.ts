import { createHash } from 'node:crypto';
import type { Drug } from '../../shared/model/drug.ts';
import { sharedDrugCodeOf } from './registration-number.ts';

export type Sighting =
  | { readonly kind: 'new'; readonly drug: Drug }
  /** Another product has this registration number: the drug has a code of its own. */
  | { readonly kind: 'shared'; readonly drug: Drug }
  | { readonly kind: 'duplicate' }
  | { readonly kind: 'conflict' };

/**
 * Remembers what one file has brought so far, as hashes: about 150 bytes a row, so that half a
 * million rows fit into the centre's memory.
 */
export class SeenProducts {
  /** Code → hash of what makes the product, and hash of everything else. */
  private readonly hashesByCode = new Map<string, string>();

  /** The first product under a number has the number's own code; a different one gets a suffix. */
  see(drug: Drug): Sighting {
    const identity = identityOf(drug);
    const hashes = `${hashOf(identity)} ${hashOf(contentOf(drug))}`;
    const first = this.hashesByCode.get(drug.code);
    if (first === undefined) return this.keep(drug, hashes, 'new');
    if (isSameProduct(first, hashes)) return repetition(first, hashes);
    const shared = { ...drug, code: sharedDrugCodeOf(drug.code, identity) };
    const earlier = this.hashesByCode.get(shared.code);
    if (earlier === undefined) return this.keep(shared, hashes, 'shared');
    return repetition(earlier, hashes);
  }

  private keep(drug: Drug, hashes: string, kind: 'new' | 'shared'): Sighting {
    this.hashesByCode.set(drug.code, hashes);
    return { kind, drug };
  }
}

/** What makes a product another one: not its price, class or barcode. */
function identityOf(drug: Drug): string {
  const parts = [drug.name, drug.ingredients, drug.dosageForm, drug.packaging, drug.manufacturer];
  return parts.join('|').toLowerCase();
}

function contentOf(drug: Drug): string {
  const { prescriptionClass, country, group, aliases, ceilingPriceVnd } = drug;
  return JSON.stringify([prescriptionClass, country, group, aliases, ceilingPriceVnd]);
}

function isSameProduct(first: string, second: string): boolean {
  return first.split(' ')[0] === second.split(' ')[0];
}

function repetition(first: string, second: string): Sighting {
  return { kind: first === second ? 'duplicate' : 'conflict' };
}

function hashOf(text: string): string {
  return createHash('sha256').update(text).digest('base64').slice(0, 16);
}
