/** Signs that stand in names of medicines and that neither the typeface nor a code page has. */
export const inOtherLetters: Readonly<Record<string, string>> = {
  '≤': '<=',
  '≥': '>=',
  '→': '->',
  '−': '-',
  '℞': 'Rx',
  α: 'alpha',
  β: 'beta',
  γ: 'gamma',
  δ: 'delta',
  ω: 'omega',
  Ω: 'Omega',
  μ: 'µ',
  '\u00a0': ' ',
  '\u202f': ' ',
  '\t': ' ',
};
