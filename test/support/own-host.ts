// Gives a worker its local host, so that no two files share one at a time: what comes to rest, and what is counted, is a file's own.
import { inject } from 'vitest';

const hosts = inject('hosts');
const worker = Number(process.env['VITEST_POOL_ID']);

// `inject` gives every file the same object. Without hosts there is one target, and one worker.
if (hosts !== undefined) Object.assign(inject('target'), hosts[(worker - 1) % hosts.length]);
