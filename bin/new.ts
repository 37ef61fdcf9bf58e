// `npm run new -- aggregate voucher`: writes the files of a new part of an application, and its entry in the manifest.
import { runNew } from '../lib/generator/run-new.ts';

await runNew(process.argv.slice(2));
