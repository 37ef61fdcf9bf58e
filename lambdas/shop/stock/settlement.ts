// Completes transfers between the head and the other streams. Whoever needs one to be done does it, so a run that died in the
// middle holds nobody up; whoever does not need it leaves it to the next, so that few commits meet at the head.
import type { Provenance } from '../../spine/kernel/envelope.ts';
import { type ExecutionPorts, executeFrom, knownStream } from '../../spine/kernel/execution/execute-command.ts';
import { loadStream, type StreamState } from '../../spine/kernel/execution/stream-state.ts';
import { ProcessInterruptedError } from '../../spine/kernel/process-manager.ts';
import { type StockCommand, stockDecider } from './decider.ts';
import type { PendingTransfer, StockState } from './state.ts';
import { HEAD, stockStream } from './streams.ts';
import type { SettledTransfer, TransferCommand } from './transfers.ts';

export interface SettlementPorts extends ExecutionPorts {
  newId(): string;
}

/** After that many lost races for the head the caller goes on later. */
export const MAX_ATTEMPTS = 30;

export function settlement(ports: SettlementPorts) {
  const load = (sku: string, stream: number) => loadStream(ports.store, stockDecider, stockStream(sku, stream));

  const execute = async (
    sku: string,
    stream: number,
    command: StockCommand,
    cause: Provenance,
    from: StreamState<StockState>,
    { expectedVersions, isFresh = true }: { expectedVersions?: readonly number[]; isFresh?: boolean } = {},
  ) => {
    const request = { stream: stockStream(sku, stream), command, id: ports.newId(), provenance: cause };
    return executeFrom(
      ports,
      stockDecider,
      { ...request, ...(expectedVersions && { expectedVersions }) },
      from,
      isFresh,
    );
  };

  /** The other stream's part. What a process keeps of a stream says enough if it says that the part is done. */
  const doPart = async (sku: string, transfer: PendingTransfer, cause: Provenance): Promise<SettledTransfer> => {
    const { id, stream, quantity } = transfer;
    const known = await knownStream(ports, stockDecider, stockStream(sku, stream));
    const isFresh = known.isFresh || known.current.state.done.id >= id;
    const command: TransferCommand =
      quantity === undefined
        ? { type: 'ReturnStock', transfer: id }
        : { type: 'TakeAllotment', transfer: id, quantity };
    const { outcome, current } = await execute(sku, stream, command, cause, known.current, { isFresh });
    if (outcome.kind !== 'done') throw interrupted(sku);
    return settledBy(id, current.state);
  };

  /** As this process saw it last, if it has. */
  const knownOf = async (sku: string, stream: number): Promise<StockState> => {
    const { current } = await knownStream(ports, stockDecider, stockStream(sku, stream));
    ports.kept?.keep(stockDecider, stockStream(sku, stream), current);
    return current.state;
  };

  return {
    load,
    knownOf,
    execute,
    doPart,
    /** The head without a transfer that is not settled. @throws ProcessInterruptedError */
    async settle(sku: string, cause: Provenance, from?: StreamState<StockState>): Promise<StreamState<StockState>> {
      let head = from ?? (await load(sku, HEAD));
      for (let attempt = 1; head.state.transfers.length > 0; attempt += 1) {
        if (attempt > MAX_ATTEMPTS) throw interrupted(sku);
        const settled = await Promise.all(head.state.transfers.map((transfer) => doPart(sku, transfer, cause)));
        head = (await execute(sku, HEAD, { type: 'SettleTransfers', settled }, cause, head)).current;
      }
      return head;
    },
  };
}

const settledBy = (id: number, { done }: StockState): SettledTransfer => ({
  transfer: id,
  returned: done.id === id ? done.returned : 0,
});

export const interrupted = (sku: string): ProcessInterruptedError =>
  new ProcessInterruptedError(`The stock of ${sku} could not be moved: too many others change it`);
