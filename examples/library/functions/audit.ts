import { auditFunction } from '../../../lambdas/spine/ops/audits/function.ts';
import { readModels } from '../library.ts';
import { loanNotices } from '../notices.ts';
import { overdueLoans } from '../overdue.ts';

export const handler = auditFunction(readModels, { 'overdue-loans': overdueLoans, notices: loanNotices });
