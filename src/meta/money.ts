const exponents: Record<string, number> = {
  ...currencies(0, 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF'),
  ...currencies(3, 'BHD IQD JOD KWD LYD OMR TND'),
  ...currencies(4, 'CLF UYW'),
}

/** How many decimals a currency has (ISO 4217): JPY 0, EUR 2, KWD 3. */
export function exponentOf(currency: string): number {
  return exponents[currency.toUpperCase()] ?? 2
}

/**
 * An amount in whole units as an integer number of the currency's minor units: 48.15 EUR are 4815. Counts on the decimal
 * digits, so no binary fraction can slip in; half a minor unit is rounded away from zero. Undefined for what is no
 * amount, or one too large to be exact.
 */
export function minorUnits(amount: number | string, currency: string): number | undefined {
  const match = /^\s*(-?)(\d+)(?:\.(\d*))?(?:e([+-]?\d{1,3}))?\s*$/i.exec(String(amount))
  if (match === null) return undefined
  const [, sign, whole = '', fraction = '', power = '0'] = match
  const shift = exponentOf(currency) - fraction.length + Number(power)
  const digits = BigInt(whole + fraction)
  const size = Number(shift >= 0 ? digits * 10n ** BigInt(shift) : rounded(digits, 10n ** BigInt(-shift)))
  if (!Number.isSafeInteger(size)) return undefined
  return sign === '-' && size !== 0 ? -size : size
}

function rounded(digits: bigint, divisor: bigint): bigint {
  return (digits + divisor / 2n) / divisor
}

function currencies(exponent: number, codes: string): Record<string, number> {
  return Object.fromEntries(codes.split(' ').map((code) => [code, exponent]))
}
