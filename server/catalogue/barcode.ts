/** True for GTIN-8, -12, -13 and -14 with a right check digit (GS1 General Specifications §7.9). */
export function isGtin(digits: string): boolean {
  if (!/^(\d{8}|\d{12,14})$/.test(digits)) return false;
  return digits.endsWith(String(checkDigitOf(digits.slice(0, -1))));
}

/** The digit that completes a GTIN: weights 3 and 1 from the right. */
export function checkDigitOf(body: string): number {
  const sum = [...body]
    .reverse()
    .reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 3 : 1), 0);
  return (10 - (sum % 10)) % 10;
}

/** The barcodes of one cell, those that can be scanned and those that cannot be right. */
export function barcodesOf(text: string): {
  readonly valid: readonly string[];
  readonly hasInvalid: boolean;
} {
  const written = text
    .split(/[;,|/\n]+/)
    .map((part) => part.replace(/[\s-]/g, ''))
    .filter((part) => part !== '');
  const valid = [...new Set(written.filter(isGtin))];
  return { valid, hasInvalid: written.some((digits) => !isGtin(digits)) };
}
