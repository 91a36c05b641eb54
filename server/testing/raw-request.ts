/** Requests as no well-behaved client sends them. */
import { connect } from 'node:net';

/**
 * What a server answers to these bytes, as latin1 text, until it closes the connection or is silent for
 * `quietMs` after having said something.
 *
 * @param options `endAfterMs`: when the client says that no more will come, which ends a request that
 *   is not whole
 * @throws Error where it neither answers nor closes within `mostMs`
 */
export function rawRequest(
  port: number,
  bytes: string | Uint8Array,
  { quietMs = 300, mostMs = 30_000, endAfterMs = Infinity } = {},
): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    let said = '';
    let quiet: NodeJS.Timeout | undefined;
    const finish = (): void => {
      clearTimeout(quiet);
      clearTimeout(late);
      clearTimeout(end);
      socket.destroy();
      resolve(said);
    };
    const late = setTimeout(() => {
      socket.destroy();
      reject(new Error(`The server neither answered nor closed within ${String(mostMs)} ms.`));
    }, mostMs);
    socket.setEncoding('latin1');
    socket.on('data', (text) => {
      said += text.toString();
      clearTimeout(quiet);
      quiet = setTimeout(finish, quietMs);
    });
    socket.on('close', finish);
    // A connection that is cut off while bytes are sent is one of the answers.
    socket.on('error', () => undefined);
    socket.write(bytes);
    const end = setTimeout(() => socket.end(), Math.min(endAfterMs, mostMs));
  });
}
