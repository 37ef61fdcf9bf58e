// `npm run bench`: see docs/benchmarks.md.
import { parseArguments, USAGE } from './suite/arguments.ts';
import { benchNames, loadBench } from './suite/registry.ts';
import { saveResult } from './suite/results.ts';
import { runSuite } from './suite/run.ts';

const print = (text: string) => process.stdout.write(text);
const tell = (text: string) => process.stderr.write(text);

function argumentsOrExit() {
  try {
    return parseArguments(process.argv.slice(2), benchNames());
  } catch (error) {
    tell(`${error instanceof Error ? error.message : error}\n\n${USAGE}`);
    return process.exit(2);
  }
}

const options = argumentsOrExit();
if (options.isHelp) print(USAGE);
else if (options.isList) {
  for (const name of options.names) print(`${name.padEnd(12)}${(await loadBench(name)).summary}\n`);
} else {
  const save = (name: string, result: Parameters<typeof saveResult>[2]) => saveResult(name, options, result);
  process.exitCode = (await runSuite(options, { load: loadBench, print, tell, save })) ? 0 : 1;
}
