// A host with a Kinesis process, to be killed. Run as a process of its own; writes the port.
import { startKinesisProcess } from '../../../local/services/kinesis/kinesis-process.ts';

const { port } = await startKinesisProcess();
process.stdout.write(`${port}\n`);
