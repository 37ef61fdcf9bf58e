// The thread that `synthesiseInThread` starts.
import { parentPort, workerData } from 'node:worker_threads';
import { type SynthesisReport, synthesise } from './synthesis.ts';

const report: SynthesisReport = { stacks: synthesise(workerData) };
parentPort?.postMessage(report);
