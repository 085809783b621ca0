/**
 * Specially controlled drugs as TT 18/2026/TT-BYT lists them (in force from 16/7/2026): App. I
 * narcotics, App. II psychotropics, App. III precursors, and in App. IV, V and VI how much of each
 * may stand in a combination. Copied by hand, in the order of the appendices; a change of the law is a
 * new row with its own dates, never an edit.
 *
 * The lists include salts, isomers and salts of isomers (N also esters and ethers, TC also esters).
 * A listed active without a figure for the form at hand has no stated limit (App. IV–VI leave it out).
 * Poison and "banned in some sectors" (QĐ 3235/QĐ-BYT) are no part of these: which products they are,
 * the register says (digit 6 of the number, or its own column).
 */
export type ControlGroup = 'narcotic' | 'psychotropic' | 'precursor';

export type ControlledActive = {
  readonly name: string;
  readonly group: ControlGroup;
  /** App. IV–VI: most in one dose, in mg (narcotics as base). */
  readonly perUnitMgMax?: number;
  /** App. IV, VI: most in an undivided form, in grams per 100 ml or 100 g. */
  readonly percentMax?: number;
  /** App. IV: only together with at least this much atropine sulfate in one dose, in mg. */
  readonly withAtropineMgMin?: number;
  /** Of the rule; for people and books. */
  readonly validFrom: string;
};

const inForce = '2026-07-16';
/** Carisoprodol and etomidate were put on App. II before the circular as a whole. */
const addedEarlier = '2026-06-01';

const narcoticNames = `acetyldihydrocodeine, alfentanil, alphaprodine, anileridine, bezitramide,
  butorphanol, ciramadol, cocaine, codeine, dextromoramide, dezocine, difenoxin, dihydrocodeine,
  diphenoxylate, dipipanone, drotebanol, ethylmorphine, fentanyl, hydromorphone, levomethadone,
  levorphanol, meptazinol, methadone, morphine, myrophine, nalbuphine, nicocodine, nicodicodine,
  nicomorphine, norcodeine, oxycodone, oxymorphone, pethidine, phenazocine, pholcodine, piritramide,
  propiram, remifentanil, sufentanil, thebacon, tonazocine mesylate, tramadol`;

const psychotropicNames = `allobarbital, alprazolam, amfepramone, aminorex, amobarbital, barbital,
  benzfetamine, bromazepam, brotizolam, buprenorphine, butalbital, butobarbital, camazepam,
  chlordiazepoxide, cathine, clobazam, clonazepam, clorazepate, clotiazepam, cloxazolam, delorazepam,
  diazepam, estazolam, ethchlorvynol, ethinamate, ethyl loflazepate, etilamfetamine, fencamfamine,
  fenproporex, fludiazepam, flunitrazepam, flurazepam, glutethimide, halazepam, haloxazolam,
  ketazolam, ketamine, lefetamine, lisdexamfetamine, loprazolam, lorazepam, lormetazepam, mazindol,
  medazepam, mefenorex, meprobamate, mesocarb, methylphenidate, methylphenobarbital, methyprylon,
  midazolam, nimetazepam, nitrazepam, nordazepam, oxazepam, oxazolam, pentazocine, pentobarbital,
  phendimetrazine, phenobarbital, phentermine, pinazepam, prazepam, pyrovalerone, secbutabarbital,
  temazepam, tetrazepam, triazolam, vinylbital, zolpidem, carisoprodol, etomidate`;

const precursorNames = `ephedrine, N-ethylephedrine, N-methylephedrine, pseudoephedrine, ergometrine,
  ergotamine, N-ethylpseudoephedrine, N-methylpseudoephedrine`;

type Limits = Pick<ControlledActive, 'perUnitMgMax' | 'percentMax' | 'withAtropineMgMin'>;

/** App. IV, 13 rows; narcotics as base. */
const narcoticLimits: Readonly<Record<string, Limits>> = {
  acetyldihydrocodeine: { perUnitMgMax: 100, percentMax: 2.5 },
  cocaine: { percentMax: 0.1 },
  codeine: { perUnitMgMax: 100, percentMax: 2.5 },
  dihydrocodeine: { perUnitMgMax: 100, percentMax: 2.5 },
  ethylmorphine: { perUnitMgMax: 100, percentMax: 2.5 },
  nicodicodine: { perUnitMgMax: 100, percentMax: 2.5 },
  norcodeine: { perUnitMgMax: 100, percentMax: 2.5 },
  pholcodine: { perUnitMgMax: 100, percentMax: 2.5 },
  propiram: { perUnitMgMax: 100, percentMax: 2.5 },
  tramadol: { perUnitMgMax: 37.5 },
  morphine: { percentMax: 0.2 },
  diphenoxylate: { perUnitMgMax: 2.5, withAtropineMgMin: 0.025 },
  difenoxin: { perUnitMgMax: 0.5, withAtropineMgMin: 0.025 },
};

/** App. V, 43 rows: mg in one dose; there is no column for undivided forms. */
const psychotropicPerUnitMg: readonly (readonly [number, string])[] = [
  [0.25, 'alprazolam, brotizolam, delorazepam, ethyl loflazepate, loprazolam, lormetazepam'],
  [0.25, 'nimetazepam, nordazepam'],
  [0.5, 'clonazepam, estazolam, fludiazepam, flunitrazepam, lorazepam'],
  [1, 'bromazepam, cloxazolam, pinazepam'],
  [5, 'camazepam, chlordiazepoxide, clobazam, clotiazepam, diazepam, flurazepam, halazepam'],
  [5, 'ketazolam, medazepam, midazolam, nitrazepam, oxazolam, prazepam, tetrazepam'],
  [10, 'allobarbital, amobarbital, barbital, butobarbital, clorazepate, methylphenobarbital'],
  [10, 'oxazepam, pentobarbital, secbutabarbital, vinylbital'],
  [25, 'phenobarbital, temazepam'],
  [100, 'meprobamate'],
];

/** App. VI, 6 rows. */
const precursorLimits: Readonly<Record<string, Limits>> = {
  pseudoephedrine: { perUnitMgMax: 120, percentMax: 0.5 },
  ephedrine: { perUnitMgMax: 50, percentMax: 1.5 },
  'N-methylephedrine': { perUnitMgMax: 31.1, percentMax: 0.0625 },
  'N-ethylephedrine': { perUnitMgMax: 12.5 },
  ergotamine: { perUnitMgMax: 1 },
  ergometrine: { perUnitMgMax: 0.125 },
};

const psychotropicLimits: Readonly<Record<string, Limits>> = Object.fromEntries(
  psychotropicPerUnitMg.flatMap(([perUnitMgMax, names]) =>
    namesIn(names).map((name) => [name, { perUnitMgMax }]),
  ),
);

/** Every listed active, in the order of the appendices. */
export const controlledActives: readonly ControlledActive[] = [
  ...listed('narcotic', narcoticNames, narcoticLimits),
  ...listed('psychotropic', psychotropicNames, psychotropicLimits),
  ...listed('precursor', precursorNames, precursorLimits),
];

/** Where each group is listed, and where its limits stand. */
export const appendixOfGroup: Readonly<
  Record<ControlGroup, { readonly list: string; readonly limits: string }>
> = {
  narcotic: { list: 'I', limits: 'IV' },
  psychotropic: { list: 'II', limits: 'V' },
  precursor: { list: 'III', limits: 'VI' },
};

function listed(
  group: ControlGroup,
  names: string,
  limitsByName: Readonly<Record<string, Limits>>,
): readonly ControlledActive[] {
  return namesIn(names).map((name) => ({
    name,
    group,
    ...limitsByName[name],
    validFrom: name === 'carisoprodol' || name === 'etomidate' ? addedEarlier : inForce,
  }));
}

function namesIn(text: string): readonly string[] {
  return text.split(',').map((name) => name.replace(/\s+/g, ' ').trim());
}
