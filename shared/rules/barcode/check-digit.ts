/** The last digit of every GS1 number, modulo 10 (GS1 General Specifications §7.9). */
export function checkDigitOf(digitsBefore: string): number {
  let sum = 0;
  for (let place = 0; place < digitsBefore.length; place += 1) {
    const digit = Number(digitsBefore[digitsBefore.length - 1 - place]);
    sum += place % 2 === 0 ? digit * 3 : digit;
  }
  return (10 - (sum % 10)) % 10;
}

/** Of a number of digits only, check digit last. */
export function hasRightCheckDigit(number: string): boolean {
  return checkDigitOf(number.slice(0, -1)) === Number(number.at(-1));
}
