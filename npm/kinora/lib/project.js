'use strict';

const {Teller, end, run} = require('./child.js');
const {KinoraError, told, wrongOption} = require('./error.js');
const {check, environment, projectArgs, read, shown} = require('./options.js');
const {hear} = require('./progress.js');

const FORMS = ['png', 'rgba'];

/** What a project is made of, without rendering it. */
async function inspect(props) {
  const order = read('inspect', props);
  const text = await run(['inspect', ...projectArgs(order), '--json'], {
    env: environment(order),
    input: order.variables,
    onEvent: event => hear(order.settings, event),
    signal: order.signal,
  });
  return JSON.parse(text);
}

/** One frame of a project, as a PNG file in memory or as its pixels. */
async function renderFrame(props) {
  const order = read('renderFrame', props, ['as', 'frame', 'time']);
  const request = frameRequest(props);
  const project = new Project(order);
  try {
    const {data, ...facts} = await project.ask(request);
    return request.as === 'rgba' ? {...facts, data} : data;
  } finally {
    await project.close();
  }
}

/** Opens a project, so that many frames of it can be had at little cost. */
async function openProject(props) {
  return new Project(read('openProject', props));
}

function frameRequest({as = 'png', frame, time}) {
  if (!FORMS.includes(as)) {
    throw wrongOption(`\`as\` must be \`png\` or \`rgba\`, got \`${shown(as)}\``);
  }
  if ((frame === undefined) === (time === undefined)) {
    throw wrongOption('a frame is named by `frame`, its number, or by `time`, in seconds; one of both');
  }
  if (frame !== undefined) {
    check('frame', 'count', frame);
    return {frame, as};
  }
  if (!(Number.isFinite(time) && time >= 0)) {
    throw wrongOption(`\`time\` must be a number of seconds, at least 0, got \`${shown(time)}\``);
  }
  return {time, as};
}

/**
 * An open project: a program that has recorded it and draws what it is asked for. It keeps
 * Node from ending only while it owes an answer.
 */
class Project {
  #teller;
  #waiting = [];
  #chunks = [];
  #length = 0;
  #head;
  #ended;

  constructor(order) {
    if (order.signal?.aborted) {
      throw order.signal.reason;
    }
    this.#teller = new Teller(['open', ...projectArgs(order)], {
      env: environment(order),
      onEvent: event => hear(order.settings, event),
      stdin: 'pipe',
    });
    const {child} = this.#teller;
    if (order.variables !== undefined) {
      child.stdin.write(`${order.variables}\n`);
    }
    const abort = () => {
      this.#fail(order.signal.reason);
      end(child);
    };
    order.signal?.addEventListener('abort', abort, {once: true});
    child.stdout.on('data', chunk => this.#take(chunk));
    child.on('error', error => this.#fail(Teller.unstarted(error)));
    this.closed = new Promise(resolve => {
      child.on('close', (code, killed) => {
        order.signal?.removeEventListener('abort', abort);
        this.#fail(this.#teller.failure(code, killed) ?? closedError());
        resolve();
      });
    });
    this.#hold(false);
  }

  /** A frame by its number, or by `{frame}`, `{time}` and `{as}`. */
  async renderFrame(wanted) {
    const request = frameRequest(typeof wanted === 'number' ? {frame: wanted} : (wanted ?? {}));
    const {data, ...facts} = await this.ask(request);
    return request.as === 'rgba' ? {...facts, data} : data;
  }

  /** What the project is made of. */
  async inspect() {
    const {inspection} = await this.ask({inspect: true});
    return inspection;
  }

  /** Ends the program, once it has answered what it was asked. */
  async close() {
    this.#ended ??= closedError();
    this.#hold(true);
    this.#teller.child.stdin.end();
    await this.closed;
  }

  [Symbol.asyncDispose ?? Symbol.for('Symbol.asyncDispose')]() {
    return this.close();
  }

  /** Asks the program; answers come in order. */
  ask(request) {
    return new Promise((resolve, reject) => {
      if (this.#ended) {
        reject(this.#ended);
        return;
      }
      this.#waiting.push({resolve, reject});
      this.#hold(true);
      this.#teller.child.stdin.write(`${JSON.stringify(request)}\n`);
    });
  }

  /** Takes what the program answers: lines, each with so many bytes behind it. */
  #take(chunk) {
    this.#chunks.push(chunk);
    this.#length += chunk.length;
    for (;;) {
      if (this.#head === undefined) {
        const at = this.#chunks.at(-1)?.indexOf(10) ?? -1;
        if (at < 0 && this.#chunks.length < 2) {
          return;
        }
        const bytes = this.#gather();
        const line = bytes.indexOf(10);
        if (line < 0) {
          return;
        }
        this.#head = JSON.parse(bytes.toString('utf8', 0, line));
        this.#rest(bytes, line + 1);
      }
      const count = this.#head.bytes ?? 0;
      if (this.#length < count) {
        return;
      }
      const bytes = this.#gather();
      const {bytes: _, error, ...facts} = this.#head;
      this.#head = undefined;
      this.#rest(bytes, count);
      const {reject, resolve} = this.#waiting.shift();
      if (this.#waiting.length === 0) {
        this.#hold(false);
      }
      if (error) {
        reject(told(error));
      } else {
        resolve({...facts, data: bytes.subarray(0, count)});
      }
    }
  }

  #gather() {
    const bytes = this.#chunks.length === 1 ? this.#chunks[0] : Buffer.concat(this.#chunks);
    this.#chunks = [bytes];
    return bytes;
  }

  #rest(bytes, from) {
    const rest = bytes.subarray(from);
    this.#chunks = rest.length > 0 ? [rest] : [];
    this.#length = rest.length;
  }

  #fail(error) {
    // What nobody asked for while it was in order has no error to be told.
    this.#ended ??= error;
    for (const {reject} of this.#waiting.splice(0)) {
      reject(error);
    }
  }

  /** Whether Node has to wait for the program. */
  #hold(on) {
    const {child} = this.#teller;
    for (const one of [child, child.stdin, child.stdout, child.stderr]) {
      one[on ? 'ref' : 'unref']?.();
    }
  }
}

function closedError() {
  return new KinoraError('KINORA_CLOSED', 'the project is closed');
}

module.exports = {inspect, openProject, renderFrame};
