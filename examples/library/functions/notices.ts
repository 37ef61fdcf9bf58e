import { notificationFunction } from '../../../lambdas/spine/notifications/function.ts';
import { loanNotices } from '../notices.ts';

export const handler = notificationFunction(loanNotices);
