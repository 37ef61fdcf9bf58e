// What `GET /local/emails` answers.
import { jsonResponse } from '../../../lambdas/spine/http/response.ts';
import type { LocalEndpoints } from '../../gateway/local-endpoints.ts';
import type { Ses } from './start.ts';

export const emailEndpoint = (ses: Pick<Ses, 'emails'>): LocalEndpoints => ({
  'GET /local/emails': async () => {
    const emails = ses.emails().map(({ to, subject, text, sentAt }) => ({ to, subject, text, sentAt }));
    return jsonResponse(200, { emails }, { 'cache-control': 'no-store' });
  },
});
