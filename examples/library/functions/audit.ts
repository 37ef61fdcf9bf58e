import { auditFunction } from '../../../lambdas/spine/ops/audits/function.ts';
import { loans } from '../loans.ts';
import { loanNotices } from '../notices.ts';
import { overdueLoans } from '../overdue.ts';

export const handler = auditFunction({
  projections: [loans],
  processes: { 'overdue-loans': overdueLoans },
  notifications: { notices: loanNotices },
});
