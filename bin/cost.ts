// `npm run cost`: what so many orders a day cost on AWS, and which limit they meet first.
import { runCost } from '../lib/cost/run-cost.ts';

const write = (stream: NodeJS.WriteStream) => (text: string) => void stream.write(text);

process.exitCode = runCost(process.argv.slice(2), write(process.stdout), write(process.stderr));
