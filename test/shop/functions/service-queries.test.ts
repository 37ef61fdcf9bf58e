// What the service says about itself is made when it is first asked for, and never again.
import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { expect, it } from 'vitest';
import { api } from '../../../lambdas/shop/shop.ts';
import { serviceQueries } from '../../../lambdas/spine/http/service/queries.ts';

it('makes the document once, for programs and for people, however often it is asked for', async () => {
  const specialised = new Map();
  let looks = 0;
  specialised.get = () => {
    looks += 1;
  };
  const endpoints = serviceQueries(api, specialised);
  const ask = async (route: string): Promise<string> => {
    const event = { headers: {}, rawQueryString: '' } as unknown as APIGatewayProxyEventV2;
    const answer = await endpoints.find(({ operation }) => operation.route === route)?.answer(event, 'c');
    return answer?.body ?? '';
  };
  expect(looks).toBe(0);
  const document = await ask('GET /openapi.json');
  const made = looks;
  expect(made).toBeGreaterThan(0);
  expect(await ask('GET /openapi.json')).toBe(document);
  expect(await ask('GET /docs')).toContain('<html');
  expect(looks).toBe(made);
});
