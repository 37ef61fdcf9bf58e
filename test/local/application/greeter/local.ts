import * as z from 'zod';
import type { LocalApplication } from '../../../../local/application/local-application.ts';

export default {
  variables: [
    {
      name: 'GREETING',
      contextKey: 'greeting',
      description: 'how people are greeted (default Hello)',
      rule: 'a word',
      accepts: (value) => /^\p{L}+$/u.test(value),
    },
  ],
  services: () => [
    {
      name: 'translator',
      endpointVariable: 'TRANSLATOR_ENDPOINT',
      answer: async ({ body }) => ({ statusCode: 200, body: String(body).toUpperCase() }),
    },
  ],
  endpoints: ({ url }) => ({
    async 'POST /local/greetings/{name}'({ body, pathParameters: { name = '' } }) {
      const { times } = body(z.strictObject({ times: z.int().min(1) }));
      const greet = () => fetch(`${url}/greetings/${encodeURIComponent(name)}`, { method: 'POST' });
      for (let greeted = 1; greeted < times; greeted += 1) await greet();
      return { statusCode: 200, body: await (await greet()).text() };
    },
  }),
  welcome: (url) => ({ 'greet somebody': `curl -X POST ${url}/greetings/Ada` }),
} satisfies LocalApplication;
