// `npm run new` in a copy of the project: what it writes is sound, its tests ask for what is missing, and with the example in place
// everything passes.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ProjectCopy } from './copy.ts';

const commands = [
  ['aggregate', 'voucher'],
  ['read-model', 'vouchers-by-customer'],
  ['process', 'voucher-expiry'],
  ['notification', 'voucher-created'],
] as const;
const toFillIn = [
  'lambdas/shop/vouchers/decider.ts',
  'lambdas/shop/vouchers/vouchers-by-customer.ts',
  'lambdas/shop/voucher-expiry/process.ts',
  'lambdas/shop/notifications/voucher-created.ts',
];
const tests = [
  'test/shop/vouchers/decider.test.ts',
  'test/shop/vouchers/vouchers-by-customer.test.ts',
  'test/shop/voucher-expiry/process.test.ts',
  'test/shop/notifications/voucher-created.test.ts',
];
const manifest = 'lambdas/shop/shop.ts';

let copy: ProjectCopy;
let before: ReadonlyMap<string, string>;

beforeAll(() => {
  copy = new ProjectCopy();
  before = textsOf(copy);
  for (const command of commands) expect(copy.new(...command)).toMatchObject({ status: 0, stderr: '' });
}, 180_000);
afterAll(() => copy.remove());

function textsOf({ folder, read }: ProjectCopy): ReadonlyMap<string, string> {
  const paths = ['lambdas', 'lib', 'test', 'bin'].flatMap((top) =>
    readdirSync(join(folder, top), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name).slice(folder.length + 1)),
  );
  return new Map(paths.map((path) => [path, read(path)]));
}

it('writes new files, and changes of the old ones the manifest alone', () => {
  const after = textsOf(copy);
  const changed = [...before].filter(([path, text]) => after.get(path) !== text).map(([path]) => path);
  expect(changed).toEqual([manifest]);
  const written = [...after.keys()].filter((path) => !before.has(path));
  expect(written).toHaveLength(17);
  expect(written).toEqual(expect.arrayContaining([...toFillIn, ...tests]));
});

it('writes code that is typed, formatted and in its rooms', () => {
  const config = { extends: './tsconfig.json', include: ['lambdas/shop', ...tests], exclude: [] };
  copy.write('tsconfig.new.json', JSON.stringify(config));
  expect(copy.run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.new.json'])).toMatchObject({
    status: 0,
    stdout: '',
  });
  const shop = ['lambdas/shop', 'test/shop'];
  expect(copy.run('node_modules/@biomejs/biome/bin/biome', ['ci', ...shop])).toMatchObject({ status: 0 });
  expect(copy.run('node_modules/dependency-cruiser/bin/dependency-cruiser.mjs', shop)).toMatchObject({ status: 0 });
});

it('has tests that say what to fill in, and pass when the example is', () => {
  const failures = [...copy.test('unit', ...tests)].filter(([, { status }]) => status === 'failed');
  for (const [index, path] of toFillIn.entries()) {
    const own = failures.filter(([name]) => name.startsWith(`${tests[index]}:`));
    expect(own.length, path).toBeGreaterThan(0);
    for (const [, { message }] of own) expect(message).toMatch(new RegExp(`Fill in \\w+\\(\\) in ${path}: wh.*\\?`));
  }
  for (const path of toFillIn) copy.fillIn(path);
  const outcomes = [...copy.test('unit', ...tests)];
  expect(outcomes.length).toBeGreaterThan(failures.length);
  expect(outcomes.filter(([, { status }]) => status !== 'passed')).toEqual([]);
  expect(copy.run('node_modules/@biomejs/biome/bin/biome', ['ci', 'lambdas/shop'])).toMatchObject({ status: 0 });
});

it('is synthesised: functions, a table, queues and routes', () => {
  const { context } = JSON.parse(copy.read('cdk.json'));
  const CDK_CONTEXT_JSON = JSON.stringify({ ...context, stage: 'dev', emailSender: 'shop@shop.example' });
  const CDK_OUTDIR = join(copy.folder, 'cdk.out');
  const synthesised = copy.run('bin/app.ts', [], { CDK_CONTEXT_JSON, CDK_OUTDIR });
  expect(synthesised.status, synthesised.stderr).toBe(0);
  const [state, compute] = ['state', 'compute'].map((stack) =>
    copy.read(`cdk.out/eventspine-dev-${stack}.template.json`),
  );
  for (const name of [
    'vouchersbycustomertable',
    'vouchersbycustomerqueue',
    'voucherexpiryqueue',
    'vouchernotificationsqueue',
  ]) {
    expect(state).toMatch(new RegExp(`"${name}[0-9A-F]{8}": \\{`));
  }
  for (const name of ['voucherscommand', 'vouchersbycustomerprojector', 'voucherexpiry', 'vouchernotifications']) {
    expect(compute).toMatch(new RegExp(`"${name}function[0-9A-F]{8}": \\{`));
  }
  for (const route of [
    'POST /vouchers',
    'POST /vouchers/{voucherId}/close',
    'GET /vouchers-by-customer/{customerId}',
  ]) {
    expect(compute).toContain(`"RouteKey": "${route}"`);
  }
});

it('passes the tests of the infrastructure, with docs/permissions.md written anew as the generator says', () => {
  // The picture of the dashboard is drawn with packages from the registry, which this test leaves alone.
  const isPicture = (name: string) => name.startsWith('test/infra/dashboard-picture.test.ts:');
  const outcomes = [...copy.test('infra', '-u')].filter(([name]) => !isPicture(name));
  expect(outcomes.length).toBeGreaterThan(500);
  expect(outcomes.filter(([, { status }]) => status !== 'passed')).toEqual([]);
  expect(copy.read('docs/permissions.md')).toContain('| voucher-expiry |');
}, 300_000);

it('refuses to write what is there, and changes nothing', () => {
  const texts = textsOf(copy);
  const { status, stderr } = copy.new('aggregate', 'voucher');
  expect([status, stderr]).toEqual([1, 'There is a category of streams voucher already.\n']);
  expect(textsOf(copy)).toEqual(texts);
});

it('writes into another application, of another form', () => {
  const app = ['--app', 'examples/library'];
  for (const [kind, name] of [
    ...commands.slice(0, 1),
    ['read-model', 'loans-by-title'],
    ['process', 'loan-reminder'],
  ]) {
    expect(copy.new(String(kind), String(name), ...app)).toMatchObject({ status: 0, stderr: '' });
  }
  const config = { extends: './tsconfig.json', include: ['examples/library', 'test/library'], exclude: [] };
  copy.write('tsconfig.new.json', JSON.stringify(config));
  const types = copy.run('node_modules/typescript/bin/tsc', ['-p', 'tsconfig.new.json']);
  expect(types).toMatchObject({ status: 0, stdout: '' });
  const biome = copy.run('node_modules/@biomejs/biome/bin/biome', ['ci', 'examples', 'test/library']);
  expect(biome).toMatchObject({ status: 0 });
});
