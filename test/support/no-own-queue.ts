import type { OwnQueue } from '../../lambdas/spine/kernel/pipeline/own-queue.ts';

/** Of a subscriber that has time for everything and does not fail. */
export const noOwnQueue: OwnQueue = { handOn: () => Promise.reject(new Error('Nothing is handed on here')) };
