// The process that `synthesiseInProcess` starts. It ends when it has answered, or when the host is gone.
import { once } from 'node:events';
import { NoApplicationError } from '../../lib/spine/application-folder.ts';
import { type Synthesis, type SynthesisRequest, synthesise } from './synthesis.ts';

/** Its answer. */
export type SynthesisReport = Synthesis | { readonly refusal: string };

// The host may be gone at any time, also while it is being answered.
for (const event of ['disconnect', 'error']) process.once(event, () => process.exit());
const [request] = (await once(process, 'message')) as [SynthesisRequest];
const report: SynthesisReport = await synthesise(request).catch((error: unknown) => {
  if (error instanceof NoApplicationError) return { refusal: error.message };
  throw error;
});
process.send?.(report, () => process.disconnect());
