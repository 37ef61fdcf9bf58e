// The process that `synthesiseInProcess` starts. It ends when it has said what it is asked for, or the host is gone.
import { once } from 'node:events';
import { type SynthesisReport, type SynthesisRequest, synthesise } from './synthesis.ts';

process.once('disconnect', () => process.exit());
const [request] = (await once(process, 'message')) as [SynthesisRequest];
const report: SynthesisReport = { stacks: await synthesise(request) };
process.send?.(report, () => process.disconnect());
