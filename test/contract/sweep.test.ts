// What a sweep is made of, one suite for each port.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { RefusedRowError } from '../../lambdas/spine/kernel/sweep/swept-table.ts';
import { eventScanContract } from '../../lambdas/spine/testing/contracts/event-scan.ts';
import { rebuildJobsContract } from '../../lambdas/spine/testing/contracts/rebuild-jobs.ts';
import { sweptTableContract } from '../../lambdas/spine/testing/contracts/swept-table.ts';
import { type SweepPeers, sweepPeers } from './support/sweeps.ts';

for (const { name, isAvailable, start } of sweepPeers) {
  describe.skipIf(!isAvailable)(`a sweep: ${name}`, () => {
    let peers: SweepPeers;
    beforeAll(async () => {
      peers = await start();
    });
    afterAll(() => peers.stop());
    const stop = async () => {};
    describe('its jobs', () => rebuildJobsContract({ start: () => peers.jobs(), stop }));
    describe('its table', () => sweptTableContract({ start: (index) => peers.table(index), stop }));
    describe.skipIf(name === 'in memory')('its table on DynamoDB', () => {
      it('refuses a row that is larger than an item', async () => {
        const table = await peers.table({ name: 'by-size', partitionKey: 'size', sortKey: 'place' }, 'refusing');
        const large = { stream: 'thing-1', version: 1, generation: 1, part: { text: 'x'.repeat(420_000) } };
        await expect(table.rewrite(large, { size: 'large', place: 'here' })).rejects.toThrow(RefusedRowError);
      });
    });
    describe('its scan', () => eventScanContract({ start: () => peers.events(), stop }));
  });
}
