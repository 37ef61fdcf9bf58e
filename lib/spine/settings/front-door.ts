// Which kind of API Gateway stands in front of the functions.

const frontDoors = ['http', 'rest'] as const;

/**
 * `http`: an HTTP API (version 2), cheaper and faster, with a JWT authorizer for any issuer.
 * `rest`: a REST API (version 1), for WAF and usage plans at the API, and for emulators without HTTP APIs.
 */
export type FrontDoor = (typeof frontDoors)[number];

/** What the rules of the choice look at. */
export interface FrontDoorDraft {
  readonly stage: string;
  readonly frontDoor: string;
  readonly corsOrigins: readonly string[];
}

/**
 * What API Gateway compares with the header Origin
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html): whatever ends in a slash or has a path or capitals,
 * or a wildcard in the place of a part, fits no page.
 */
const origin = /^(\*|https?:\/\/\*|https?:\/\/[a-z0-9.-]+(:\d{1,5})?|https?:\/\/\[[0-9a-f:.]+\](:\d{1,5})?)$/;
/** The local host knows the ports of a machine as well. */
const anyPort = /^http:\/\/(localhost|127\.0\.0\.1):\*$/;

/** The rules that the choice of the front door breaks. */
export function* brokenFrontDoorRules({ stage, frontDoor, corsOrigins }: FrontDoorDraft): Generator<string> {
  if (!frontDoors.some((known) => known === frontDoor)) {
    yield `frontDoor (-c frontDoor) must be one of ${frontDoors.join(', ')}, got "${frontDoor}"`;
  }
  const wrong = corsOrigins.filter((each) => !origin.test(each) && !(stage === 'local' && anyPort.test(each)));
  if (wrong.length > 0) {
    yield `corsOrigins (-c corsOrigins) must be origins as browsers send them, https://shop.example, or *, got ${wrong.map((each) => `"${each}"`).join(', ')}`;
  }
  if (frontDoor !== 'rest') return;
  if (stage === 'local') yield 'frontDoor must be http on the stage local: the local host has no REST API, got "rest"';
  // A REST API answers the preflight by itself, but leaves the headers of all other answers to the functions.
  if (corsOrigins.length > 0) yield `corsOrigins need frontDoor http, got ${corsOrigins.join(',')} with "rest"`;
}
