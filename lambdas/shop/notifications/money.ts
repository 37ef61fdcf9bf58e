/**
 * @param amount in the minor units of the currency
 * @param currency its ISO 4217 code, which tells how many of the digits are decimals
 * @returns `€12.34` for 1234 EUR, `¥1,234` for 1234 JPY
 */
export function formatMoney(amount: number, currency: string): string {
  const format = new Intl.NumberFormat('en', { style: 'currency', currency });
  const { maximumFractionDigits: decimals = 0 } = format.resolvedOptions();
  // As text, because a division could not keep every digit of a large amount.
  return format.format(`${amount}E-${decimals}` as `${number}`);
}
