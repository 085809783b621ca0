import { foldVietnamese } from '../fold-vietnamese.ts';

/**
 * One spelling for one active ingredient, whatever the register writes: `Codein phosphat hemihydrat`,
 * `CODEINE PHOSPHATE` and `codein` are `codein`. Vietnamese, English and Latin spellings of an
 * international name differ by rule (y and i, ph and f, a last e, doubled letters), so a skeleton of
 * the letters makes them one; true synonyms stand in a table. The result is a key, not a name to show.
 */
export function activeKey(written: string): string {
  const words = wordsOf(written.replace(/\([^)]*\)/g, ' ').replace(/[()]/g, ' '));
  const whole = words.join(' ');
  const known = keyBySynonym.get(whole);
  if (known !== undefined) return known;
  // The salts of a metal are substances of their own: natri clorid is no clorid.
  const isMineral = metals.has(words[0] ?? '') && words.slice(1).every((word) => salts.has(word));
  const stripped = isMineral ? words : words.filter((word) => !salts.has(word));
  const bare = (stripped.length === 0 ? words : stripped).join(' ');
  return keyBySynonym.get(bare) ?? bare;
}

/** Words of a name as skeletons. */
export function wordsOf(text: string): readonly string[] {
  const words = foldVietnamese(text).replace(/[^a-z0-9]+/g, ' ');
  return words.split(' ').filter(Boolean).map(skeletonOf);
}

/** Letters that spelling habits do not change. */
function skeletonOf(word: string): string {
  return word
    .replace(/ph/g, 'f')
    .replace(/th/g, 't')
    .replace(/ch|ck|k/g, 'c')
    .replace(/y/g, 'i')
    .replace(/ae|oe/g, 'e')
    .replace(/([a-z])\1+/g, '$1')
    .replace(/(?<=.{3})e$/, '');
}

/** What may stand beside a base and does not change which substance it is (domain: TT 18/2026). */
const salts: ReadonlySet<string> = new Set(
  wordsOf(
    `hydroclorid hydrochlorid hydrochloride chlorhydrat clorhydrat hcl dihydroclorid dihydrochloride
     clorid chloride natri sodium dinatri disodium kali potassium calci calcium magnesi magnesium
     phosphat phosphate diphosphat sulfat sulphate sulfate disulfat tartrat tartrate bitartrat
     hydrogentartrat maleat maleate hydrogenmaleat fumarat fumarate hemifumarat succinat succinate
     citrat citrate dihydrocitrat besilat besylate besylat mesilat mesylate mesylat tosilat tosylat
     acetat acetate nitrat nitrate malat malate lactat lactate gluconat stearat ethylsuccinat
     hydrobromid hydrobromide bromhydrat bromid bromide hydroiodid pamoat embonat oxalat
     hydrat hydrate monohydrat monohydrate dihydrat dihydrate trihydrat trihydrate sesquihydrat
     hemihydrat pentahydrat heptahydrat khan anhydrous base dang duoi axetil proxetil pivoxil
     medoxomil cilexetil diethylamin epolamin trometamol tromethamin erbumin arginin camphosulfonat
     camsilat acid micronized pellet pellets vi hat chua`,
  ),
);
const metals: ReadonlySet<string> = new Set(
  wordsOf('natri sodium kali potassium calci calcium magnesi magnesium'),
);

/** The first name of each row stands for the others. */
const synonyms: readonly (readonly string[])[] = [
  ['paracetamol', 'acetaminophen', 'apap'],
  ['aspirin', 'acid acetylsalicylic', 'acetylsalicylic acid', 'acetyl salicylic acid'],
  ['clorpheniramin', 'chlorphenamine', 'clopheniramin', 'chlorpheniramine'],
  ['dexclorpheniramin', 'dexchlorpheniramine'],
  ['codein', '3-methylmorphine', 'methylmorphin'],
  ['pethidin', 'meperidine'],
  ['phenobarbital', 'phenobarbiton', 'phenobarbitone'],
  ['amfepramon', 'diethylpropion'],
  ['lefetamin', 'SPA'],
  [
    'N-methylephedrin',
    'methylephedrin',
    'methyl ephedrin',
    'DL-methylephedrin',
    'dl methyl ephedrin',
  ],
  ['N-ethylephedrin', 'ethylephedrin'],
  ['N-ethylpseudoephedrin', 'ethylpseudoephedrin'],
  ['N-methylpseudoephedrin', 'methylpseudoephedrin'],
  ['methylphenobarbital', 'methyl phenobarbital', 'mephobarbital'],
  ['ergometrin', 'ergonovine', 'ergobasin'],
  ['methylergometrin', 'methyl ergometrin', 'methylergonovine'],
  ['dihydroergotamin', 'dihydro ergotamin'],
  ['thebacon', 'acetyldihydrocodeinon'],
  ['ethyl loflazepat', 'loflazepat', 'ethylloflazepat'],
  ['clorazepat', 'dipotassium clorazepate', 'clorazepat dikali', 'acid clorazepic'],
  ['tonazocin mesylat', 'tonazocine'],
  ['nordazepam', 'nordiazepam', 'desmethyldiazepam'],
  ['nitroglycerin', 'glyceryl trinitrat', 'glyceryl trinitrate', 'trinitrin'],
  ['isosorbid mononitrat', 'isosorbide mononitrate', 'isosorbid-5-mononitrat'],
  ['isosorbid dinitrat', 'isosorbide dinitrate'],
  ['valproat', 'acid valproic', 'valproic acid', 'divalproex', 'valproat semisodium'],
  ['methotrexat', 'methotrexate'],
  ['salbutamol', 'albuterol'],
  ['epinephrin', 'adrenalin', 'adrenaline'],
  ['furosemid', 'frusemide'],
  ['rifampicin', 'rifampin'],
  ['glibenclamid', 'glyburide'],
  ['lidocain', 'lignocaine'],
  ['levothyroxin', 'thyroxin', 'l-thyroxin'],
  ['lithi', 'lithium', 'lithium carbonat', 'lithi carbonat'],
  ['kali clorid', 'potassium chloride', 'kali chloride'],
  ['isotretinoin', '13-cis-retinoic acid'],
  ['vitamin A', 'retinol', 'retinyl palmitat', 'retinol palmitat'],
  ['omeprazol', 'omeprazole'],
  ['trimethoprim', 'trimethoprime'],
  ['menthol', 'l-menthol', 'tinh dầu bạc hà', 'bạc hà'],
  ['camphor', 'long não', 'camphora'],
  ['colchicin', 'colchicine'],
  ['mycophenolat', 'mycophenolat mofetil', 'acid mycophenolic', 'mycophenolic acid'],
  ['warfarin', 'warfarin clathrat'],
];

const keyBySynonym: ReadonlyMap<string, string> = new Map(
  synonyms.flatMap(([first = '', ...others]) => {
    const key = wordsOf(first).join(' ');
    return [first, ...others].map((name) => [wordsOf(name).join(' '), key] as const);
  }),
);
