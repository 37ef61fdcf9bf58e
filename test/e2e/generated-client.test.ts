// A typed client that openapi-typescript generates from the document as it is served: it compiles, and places an order.
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import openapiTS, { astToString, type OpenAPI3 } from 'openapi-typescript';
import { afterAll, expect, inject, test } from 'vitest';
import { ApiClient } from '../support/api-client.ts';
import { tokenFor } from '../support/sign-in.ts';

const run = promisify(execFile);

const anyone = new ApiClient(inject('target').apiUrl);
const client = join(import.meta.dirname, '../client');
const generated = join(client, 'generated');

afterAll(() => rm(generated, { recursive: true, force: true }));

test('a generated client compiles and places an order with it', async () => {
  const { body: document } = await anyone.get<OpenAPI3>('/openapi.json');
  await mkdir(generated, { recursive: true });
  await writeFile(join(generated, 'api.d.ts'), astToString(await openapiTS(document)));
  await run(process.execPath, [join(client, '../../node_modules/typescript/bin/tsc'), '-p', client]);

  const staff = await tokenFor(anyone, { sub: 'clerk', groups: ['staff'] });
  const customer = await tokenFor(anyone, { sub: 'client', email: 'client@example.com' });
  const { stdout } = await run(process.execPath, [join(client, 'place-order.ts'), anyone.url, staff, customer]);
  expect(JSON.parse(stdout)).toMatchObject({
    orderId: expect.stringMatching(/./),
    total: 99_800,
    lines: [{ name: 'Walnut desk 😀', quantity: 2 }],
    refused: 'not_found',
  });
});
