// `npm run ops -- dead-letters` and `redrive`: what failed for good, and putting it back.
import * as z from 'zod';
import { DeploymentError } from '../deployment/deployment-error.ts';
import { succeeded } from '../deployment/shop-api.ts';
import type { OpsCommand, OpsContext } from './command.ts';
import { tableText } from './table-text.ts';

const page = z.object({
  deadLetters: z.array(
    z
      .object({
        ...{ id: z.string(), subscriber: z.string(), attempts: z.number(), firstFailedAt: z.string() },
        streams: z.array(z.object({ stream: z.string(), version: z.number().optional() })),
        error: z.object({ code: z.string(), message: z.string() }),
      })
      .loose(),
  ),
  nextCursor: z.string().optional(),
});
type Letter = z.infer<typeof page>['deadLetters'][number];

const COLUMNS = ['subscriber', 'streams', 'error', 'attempts', 'since', 'id'];
const STREAMS_SHOWN = 2;

export const deadLetters: OpsCommand = {
  usage: [['dead-letters [<subscriber>]', 'what failed at every delivery, and why']],
  options: {},
  async run(context) {
    const { asJson, out } = context;
    const letters = await all(context, subscriberIn(context));
    if (asJson) return void out.write(`${JSON.stringify({ deadLetters: letters })}\n`);
    out.write(letters.length === 0 ? 'There are no dead letters.\n' : tableText(COLUMNS, letters.map(rowOf)));
  },
};

const redriven = z.object({ redriven: z.number(), left: z.number() });

export const redrive: OpsCommand = {
  usage: [
    ['redrive <subscriber>', 'put its dead letters back into its queue'],
    ['  --id ID', 'only this one'],
  ],
  options: { id: { type: 'string' } },
  async run(context) {
    const { flags, asJson, out } = context;
    const subscriber = subscriberIn(context);
    if (subscriber === undefined) {
      throw new DeploymentError('redrive takes the name of a subscriber: npm run ops -- redrive <subscriber>.');
    }
    const id = flags['id'];
    let total = 0;
    let last = { redriven: 0, left: 0 };
    do {
      last = redriven.parse(await post(context, { subscriber, ...(typeof id === 'string' && { id }) }));
      total += last.redriven;
    } while (id === undefined && last.redriven > 0 && last.left > 0);
    const answer = { redriven: total, left: last.left };
    out.write(asJson ? `${JSON.stringify(answer)}\n` : `${subscriber}: ${total} redriven, ${last.left} left\n`);
  },
};

/** @throws DeploymentError for more than one name */
function subscriberIn({ names }: OpsContext): string | undefined {
  const [name, ...more] = names;
  if (more.length > 0) throw new DeploymentError(`One subscriber at a time: ${name}, or ${more.join(', or ')}.`);
  return name;
}

async function all({ api }: OpsContext, subscriber: string | undefined): Promise<readonly Letter[]> {
  const letters: Letter[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: '100', ...(subscriber && { subscriber }), ...(cursor !== undefined && { cursor }) };
    const path = `/ops/dead-letters?${new URLSearchParams(query)}`;
    const answer = page.parse(succeeded(path, await api.get(path)));
    letters.push(...answer.deadLetters);
    cursor = answer.nextCursor;
  } while (cursor !== undefined);
  return letters;
}

const post = async ({ api }: OpsContext, body: unknown): Promise<unknown> => {
  const path = '/ops/dead-letters/redrive';
  return succeeded(path, await api.post(path, body));
};

function rowOf({ id, subscriber, streams, error, attempts, firstFailedAt }: Letter) {
  const named = streams.map(({ stream, version }) => (version === undefined ? stream : `${stream}@${version}`));
  const more = named.length > STREAMS_SHOWN ? ` and ${named.length - STREAMS_SHOWN} more` : '';
  const shown = named.length === 0 ? undefined : `${named.slice(0, STREAMS_SHOWN).join(', ')}${more}`;
  return [subscriber, shown, `${error.code}: ${error.message}`, attempts, firstFailedAt, id];
}
