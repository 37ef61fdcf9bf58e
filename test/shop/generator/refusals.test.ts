// What is refused before anything is written. Nothing here writes: a plan is made, and dropped.
import { expect, it } from 'vitest';
import { applicationCode } from '../../../lib/generator/application-code.ts';
import { GeneratorError } from '../../../lib/generator/generator-error.ts';
import { planOf } from '../../../lib/generator/kinds/plans.ts';

it.each([
  ['aggregate', 'order', undefined, 'There is a category of streams order already.'],
  ['read-model', 'customer-orders', 'order', 'There is a function or read model customer-orders already.'],
  ['read-model', 'catalogue-projector', 'product', 'There is a function or read model catalogue-projector already.'],
  ['process', 'order-fulfilment', undefined, 'There is a function or read model order-fulfilment already.'],
  ['process', 'relay', 'order', 'There is a function or read model relay already.'],
  ['read-model', 'work', 'order', 'A part of the stacks is called work already.'],
  ['read-model', 'shop', 'order', 'Nothing was written: shop.ts says what shop is already.'],
  ['read-model', 'order-operations', undefined, 'Nothing was written: shop.ts says what orderOperations is already.'],
  ['notification', 'order-shipped', undefined, 'notifications tells of order already: add a trigger'],
  ['notification', 'payment-captured', undefined, 'PaymentRequested must hold an address in `personal`'],
  [
    'read-model',
    'gifts-by-customer',
    undefined,
    'Say by --of which aggregate gifts-by-customer is about. There are: fulfilment,',
  ],
  ['process', 'gift-expiry', 'gift', 'There is no aggregate gift. There are: fulfilment,'],
] as const)('refuses the %s %s of %s', async (kind, name, of, message) => {
  const planning = planOf[kind](await applicationCode('lib/shop'), name, of);
  await expect(planning).rejects.toThrow(GeneratorError);
  await expect(planning).rejects.toThrow(message);
});

it.each([
  ['lib/nowhere', 'No application is in "lib/nowhere", which does not exist.'],
  ['lib/spine', 'which has no app.ts.'],
])('refuses the folder %s', async (folder, message) => {
  await expect(applicationCode(folder)).rejects.toThrow(message);
});
