// One name in the spellings that code, routes and texts need.

/** `gift-card` → `GiftCard`. */
export const pascalCase = (kebab: string): string =>
  kebab
    .split('-')
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');

/** `gift-card` → `giftCard`. */
export const camelCase = (kebab: string): string => uncapitalized(pascalCase(kebab));

/** `giftCard`, `GiftCard` → `gift-card`. */
export const kebabCase = (name: string): string =>
  uncapitalized(name).replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

/** `gift-card` → `gift card`. */
export const inWords = (kebab: string): string => kebab.replaceAll('-', ' ');

/** `gift-card` → `Gift card`. */
export const asTitle = (kebab: string): string => capitalized(inWords(kebab));

/** `invoice` → `an invoice`. */
export const withArticle = (kebab: string): string => `${/^[aeio]/.test(kebab) ? 'an' : 'a'} ${inWords(kebab)}`;

/** What a category of streams may be called, which has no hyphen: `gift-card` → `giftcard`. */
export const asCategory = (kebab: string): string => kebab.replaceAll('-', '');

/** The regular plural: `voucher` → `vouchers`, `gift-category` → `gift-categories`, `box` → `boxes`. */
export function pluralOf(singular: string): string {
  if (/[^aeiou]y$/.test(singular)) return `${singular.slice(0, -1)}ies`;
  return /(s|x|z|ch|sh)$/.test(singular) ? `${singular}es` : `${singular}s`;
}

const capitalized = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);
const uncapitalized = (text: string): string => text.slice(0, 1).toLowerCase() + text.slice(1);
