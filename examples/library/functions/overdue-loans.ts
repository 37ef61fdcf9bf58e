import { processFunction } from '../../../lambdas/spine/process/function.ts';
import { overdueLoans } from '../overdue.ts';

export const handler = processFunction(overdueLoans);
