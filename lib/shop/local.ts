// What is the shop's on a laptop: a payment provider that moves no money and can be told to answer, and two settings.
import type { LocalApplication } from '../../local/application/local-application.ts';
import { paymentEndpoints } from './local/payment-endpoint.ts';
import { paymentSandbox } from './local/payment-sandbox.ts';
import { variables } from './local/variables.ts';

export default {
  variables,
  services: () => [paymentSandbox()],
  endpoints: paymentEndpoints,
  subjectOf({ stream, data }) {
    const { orderId } = (data ?? {}) as { readonly orderId?: unknown };
    return typeof orderId === 'string' && !stream.includes(orderId) ? `order-${orderId}` : undefined;
  },
  shownLogKeys: ['orderId'],
  welcome: (url) => ({
    'place an order': `the tour in README.md; its first line: API=${url}`,
    'fill the shop': `npm run seed -- --api ${url}`,
  }),
} satisfies LocalApplication;
