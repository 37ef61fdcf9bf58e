// What `GET /local/emails` answers.
import { jsonResponse } from '../../../lambdas/spine/http/response.ts';
import type { LocalEndpoints } from '../../gateway/local-endpoints.ts';
import type { Ses } from './start.ts';

export const messagesEndpoint = (ses: Pick<Ses, 'messages'>): LocalEndpoints => ({
  'GET /local/emails': async () => {
    const messages = ses.messages().map(({ to, subject, text, sentAt }) => ({ to, subject, text, sentAt }));
    return jsonResponse(200, { emails: messages }, { 'cache-control': 'no-store' });
  },
});
