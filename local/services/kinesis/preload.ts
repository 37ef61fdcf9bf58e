// Loaded into the Kinesis process before kinesis-local, which would listen on every interface and outlive the host. Keeps its
// sockets on this machine, tells the host the port, and ends the process when the host is gone, however that happened.
import { Server } from 'node:net';

type Listen = (port: number, listening: () => void) => Server;

const { listen } = Server.prototype as unknown as { listen(port: number, host: string, listening: () => void): Server };

// kinesis-local asks for port 0 for plain HTTP; its other port is for TLS, which nobody here uses.
const loopbackListen: Listen = function (this: Server, port, listening) {
  return listen.call(this, 0, '127.0.0.1', () => {
    if (port === 0) process.send?.(this.address());
    listening();
  });
};

Object.assign(Server.prototype, { listen: loopbackListen });
// kinesis-local puts off an exit until its connections have ended. It has nothing to save.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'));
