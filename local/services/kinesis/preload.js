// Loaded into the Kinesis process before kinesis-local, which would listen on every interface and outlive the host. Keeps its
// sockets on this machine, tells the host the port, and ends the process when the host is gone, however that happened.
// Plain JavaScript, and what it imports is in the compile cache by then: to strip types, Node would take 28 MB of that process.
import { Server } from 'node:net';
import { giveBackAtRest } from '../../lifecycle/resting-memory.ts';

const { listen } = Server.prototype;

// kinesis-local asks for port 0 for plain HTTP; its other port is for TLS, which nobody here uses.
Server.prototype.listen = function (port, listening) {
  return listen.call(this, 0, '127.0.0.1', () => {
    if (port === 0) process.send?.(this.address());
    listening();
  });
};

// kinesis-local puts off an exit until its connections have ended. It has nothing to save. The host may also go while it is being told
// the port, which is an error of the process.
for (const event of ['disconnect', 'error']) process.on(event, () => process.kill(process.pid, 'SIGKILL'));
giveBackAtRest();
