// The process: it waits for a loan's due time, and marks the loan as overdue unless the book is back by then.
import { deadlineProcess } from '../../lambdas/spine/process/deadline.ts';
import { LONGEST_LOAN_IN_DAYS, loanDecider } from './loan.ts';

export const overdueLoans = deadlineProcess({
  category: 'overdue',
  decider: loanDecider,
  deadlineAfter(event) {
    if (event.type === 'BookLent') return event.data.dueAt;
    return event.type === 'BookReturned' ? 'lifted' : undefined;
  },
  command: { type: 'MarkOverdue' },
  longestWaitInSeconds: LONGEST_LOAN_IN_DAYS * 86_400,
});
