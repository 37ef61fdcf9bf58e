// The e-mail that a reader gets when a book is overdue.
import { notifications } from '../../lambdas/spine/notifications/declaration.ts';
import { loanEvents } from './loan.ts';

export const loanNotices = notifications({
  category: 'loan',
  codec: loanEvents,
  about: ([lent]) => (lent?.type === 'BookLent' ? { to: lent.personal?.email, title: lent.data.title } : undefined),
  triggers: {
    LoanOverdue: {
      kind: 'loan-overdue',
      template: ({ title }, { data }) => ({
        subject: `${title} is overdue`,
        opening: ['Please bring it back: somebody may be waiting for it.'],
        rows: [['Due on', data.dueAt.slice(0, 10)]],
      }),
    },
  },
});
