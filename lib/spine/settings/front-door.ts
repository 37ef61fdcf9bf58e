// Which kind of API Gateway stands in front of the functions, and whose pages may call it.
import * as z from 'zod';
import { list, text } from './context-texts.ts';
import { oneOf } from './fields.ts';
import type { BrokenRule, FieldsOf, SettingsGroup, Unchecked } from './settings-group.ts';
import type { Stage } from './stages.ts';

const fields = {
  frontDoor: oneOf('http', 'rest').describe(
    '`http`: an HTTP API (version 2), cheaper and faster, with a JWT authorizer for any issuer. `rest`: a REST API (version 1), for WAF and usage plans at the API, and for emulators without HTTP APIs (docs/adr/0017).',
  ),
  corsOrigins: z
    .array(z.string())
    .readonly()
    .describe('Origins whose pages may call the API from a browser. None switches CORS off.'),
};

export type FrontDoorSettings = FieldsOf<typeof fields>;

/**
 * What API Gateway compares with the header Origin
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html): whatever ends in a slash or has a path or capitals,
 * or a wildcard in the place of a part, fits no page.
 */
const origin = /^(\*|https?:\/\/\*|https?:\/\/[a-z0-9.-]+(:\d{1,5})?|https?:\/\/\[[0-9a-f:.]+\](:\d{1,5})?)$/;
/** The local host knows the ports of a machine as well. */
const anyPort = /^http:\/\/(localhost|127\.0\.0\.1):\*$/;

const onAws: FrontDoorSettings = { frontDoor: 'http', corsOrigins: [] };

export const frontDoor = {
  title: 'Front door',
  fields,
  keys: {
    frontDoor: { sets: 'frontDoor', reads: text },
    corsOrigins: {
      sets: 'corsOrigins',
      reads: list,
      values: 'origins as browsers send them, `https://shop.example`, with commas between them; or `*`',
    },
  },
  defaults: {
    local: { frontDoor: 'http', corsOrigins: ['http://localhost:*', 'http://127.0.0.1:*'] },
    // The free plan of LocalStack has REST APIs only.
    localstack: { frontDoor: 'rest', corsOrigins: [] },
    dev: onAws,
    prod: onAws,
  } satisfies Record<Stage, FrontDoorSettings>,
  *rules({
    stage,
    frontDoor: kind,
    corsOrigins = [],
  }: Unchecked<FrontDoorSettings> & { readonly stage: Stage }): Generator<BrokenRule> {
    const wrong = corsOrigins.filter((each) => !origin.test(each) && !(stage === 'local' && anyPort.test(each)));
    if (wrong.length > 0) {
      yield {
        path: 'corsOrigins',
        message: `must be origins as browsers send them, https://shop.example, or *, got ${wrong.map((each) => `"${each}"`).join(', ')}`,
      };
    }
    if (kind !== 'rest') return;
    if (stage === 'local') {
      yield {
        path: 'frontDoor',
        message: 'must be http on the stage local: the local host has no REST API, got "rest"',
      };
    }
    // A REST API answers the preflight by itself, but leaves the headers of all other answers to the functions.
    if (corsOrigins.length > 0) {
      yield {
        path: 'corsOrigins',
        message: `must be none unless frontDoor is http, got ${corsOrigins.join(',')} with "rest"`,
      };
    }
  },
} satisfies SettingsGroup;
