// A signing key for the tests of a file: making one takes a moment.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { signingKey } from '../../../local/issuer/signing-key.ts';

export const testKey = signingKey(mkdtempSync(join(tmpdir(), 'issuer-')));
