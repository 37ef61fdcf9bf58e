// Installs the project's packages when they are missing or older than the lock file, so that `npm start` and `npm test`
// work as the first command on a fresh clone. Plain JavaScript: it runs on whichever Node.js the machine has (20 or later).
import { spawnSync } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';

const installed = 'node_modules/.package-lock.json';
const isCurrent =
  existsSync(installed) &&
  existsSync('node_modules/.bin/node') &&
  statSync(installed).mtimeMs >= statSync('package-lock.json').mtimeMs;

if (!isCurrent) {
  process.stderr.write('Installing packages (once) …\n');
  const { status } = spawnSync('npm ci --no-audit --no-fund --loglevel=error', {
    shell: true,
    stdio: ['ignore', 2, 2],
  });
  process.exitCode = status ?? 1;
}
