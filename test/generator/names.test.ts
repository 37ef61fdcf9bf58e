import { expect, it } from 'vitest';
import * as names from '../../lib/generator/names.ts';

it('spells a name as types, variables, categories and texts need it', () => {
  expect(names.pascalCase('gift-card-2')).toBe('GiftCard2');
  expect(names.camelCase('gift-card')).toBe('giftCard');
  expect(names.kebabCase('giftCard')).toBe('gift-card');
  expect(names.asCategory('gift-card')).toBe('giftcard');
  expect(names.asTitle('gift-cards')).toBe('Gift cards');
});

it.each([
  ['voucher', 'vouchers'],
  ['gift-category', 'gift-categories'],
  ['day', 'days'],
  ['box', 'boxes'],
  ['branch', 'branches'],
])('makes %s many: %s', (one, many) => expect(names.pluralOf(one)).toBe(many));

it.each([
  ['invoice', 'an invoice'],
  ['voucher', 'a voucher'],
  ['user', 'a user'],
])('gives %s its article: %s', (name, expected) => expect(names.withArticle(name)).toBe(expected));
