'use strict';

const {spawn} = require('node:child_process');
const {Readable} = require('node:stream');
const {StringDecoder} = require('node:string_decoder');

const {binaryPath} = require('./binary.js');
const {KinoraError, told} = require('./error.js');

/** How long a child that was asked to end may clean up. */
const PATIENCE_MS = 5000;
/** Lines that are no events and are kept, for the error of a child that dies. */
const KEPT_LINES = 20;

const running = new Set();

function watch(child) {
  if (running.size === 0) {
    process.on('exit', endAll);
  }
  running.add(child);
  child.once('close', () => {
    running.delete(child);
    if (running.size === 0) {
      process.removeListener('exit', endAll);
    }
  });
}

function endAll() {
  for (const child of running) {
    child.kill();
  }
}

/** Asks a child to end, and makes it if it does not. */
function end(child) {
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), PATIENCE_MS).unref();
}

/**
 * A child that tells events on its standard error. `failure()` is what it ended for: what
 * it has told, or that it died.
 */
class Teller {
  constructor(args, {env, onEvent, stdin}) {
    this.error = undefined;
    this.lines = [];
    this.child = spawn(binaryPath(), ['--events', ...args], {
      stdio: [stdin, 'pipe', 'pipe'],
      env: {...process.env, ...env},
      windowsHide: true,
    });
    watch(this.child);
    const decoder = new StringDecoder('utf8');
    let rest = '';
    this.child.stderr.on('data', chunk => {
      const lines = (rest + decoder.write(chunk)).split('\n');
      rest = lines.pop();
      lines.forEach(line => this.line(line, onEvent));
    });
    this.child.stderr.on('end', () => rest && this.line(rest, onEvent));
    // A child that has gone says why by its end.
    this.child.stdin?.on('error', () => {});
  }

  line(line, onEvent) {
    let event;
    try {
      event = line.startsWith('{"event":') ? JSON.parse(line) : undefined;
    } catch {
      event = undefined;
    }
    if (event === undefined) {
      this.lines.push(line);
      this.lines.splice(0, this.lines.length - KEPT_LINES);
    } else if (event.event === 'error') {
      this.error = told(event);
    } else {
      onEvent?.(event);
    }
  }

  /** Why it ended so; undefined if it did what it was asked for. */
  failure(code, signal) {
    if (code === 0) {
      return undefined;
    }
    if (this.error) {
      return this.error;
    }
    const said = this.lines.join('\n').trim();
    if (signal) {
      const memory = signal === 'SIGKILL' ? ' (the system does so when memory runs out)' : '';
      return new KinoraError('KINORA_DIED', `kinora was ended by ${signal}${memory}${said && `:\n${said}`}`, {signal});
    }
    // What ends a script that nothing else can end is told plainly.
    if (code === 1 && said.startsWith('error: ')) {
      return new KinoraError('KINORA_PROJECT', said.slice('error: '.length), {exitCode: 1});
    }
    return new KinoraError('KINORA_DIED', `kinora ended with code ${code}${said && `:\n${said}`}`, {exitCode: code});
  }

  /** The error of a program that could not be started. */
  static unstarted(error) {
    return new KinoraError('KINORA_BINARY', `kinora cannot be started: ${error.message}`, {cause: error});
  }
}

/**
 * Runs a command to its end and gives what it printed. An aborted signal ends it; what
 * `onEvent` throws does too.
 */
function run(args, {env, input, onEvent, signal} = {}) {
  return new Promise((resolve, reject) => {
    if (signal?.aborted) {
      reject(signal.reason);
      return;
    }
    let fault;
    const stop = reason => {
      fault ??= {reason};
      end(teller.child);
    };
    const hear = event => {
      try {
        if (!fault) {
          onEvent?.(event);
        }
      } catch (error) {
        stop(error);
      }
    };
    const abort = () => stop(signal.reason);
    const teller = new Teller(args, {env, onEvent: hear, stdin: input === undefined ? 'ignore' : 'pipe'});
    const out = [];
    teller.child.stdout.on('data', chunk => out.push(chunk));
    teller.child.on('error', error => {
      fault ??= {reason: Teller.unstarted(error)};
    });
    signal?.addEventListener('abort', abort, {once: true});
    teller.child.on('close', (code, killed) => {
      signal?.removeEventListener('abort', abort);
      const failure = fault ? fault.reason : teller.failure(code, killed);
      if (fault || failure) {
        reject(failure);
      } else {
        resolve(Buffer.concat(out).toString('utf8'));
      }
    });
    teller.child.stdin?.end(input);
  });
}

/**
 * Runs a command and hands on what it prints as it comes. A reader that goes away, an
 * aborted signal and what `onEvent` throws end it; a failure is the stream's error.
 */
function flow(args, {env, input, onEvent, onEnd, signal} = {}) {
  let teller;
  let ended = false;
  const stream = new Readable({
    read() {
      teller?.child.stdout.resume();
    },
    destroy(error, done) {
      signal?.removeEventListener('abort', abort);
      if (teller && !ended) {
        end(teller.child);
      }
      done(error);
    },
  });
  const abort = () => stream.destroy(signal.reason);
  if (signal?.aborted) {
    abort();
    return stream;
  }
  const hear = event => {
    try {
      onEvent?.(event);
    } catch (error) {
      stream.destroy(error);
    }
  };
  teller = new Teller(args, {env, onEvent: hear, stdin: input === undefined ? 'ignore' : 'pipe'});
  const {child} = teller;
  child.stdout.on('data', chunk => {
    if (!stream.destroyed && !stream.push(chunk)) {
      child.stdout.pause();
    }
  });
  child.on('error', error => stream.destroy(Teller.unstarted(error)));
  signal?.addEventListener('abort', abort, {once: true});
  child.on('close', (code, killed) => {
    ended = true;
    const failure = teller.failure(code, killed);
    if (failure) {
      stream.destroy(failure);
    } else if (!stream.destroyed) {
      onEnd?.();
      stream.push(null);
    }
  });
  child.stdin?.end(input);
  return stream;
}

module.exports = {Teller, end, flow, run};
