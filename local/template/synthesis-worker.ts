// The thread that `synthesiseInThread` starts.
import { parentPort, workerData } from 'node:worker_threads';
import { synthesise } from './synthesis.ts';

parentPort?.postMessage(synthesise(workerData));
