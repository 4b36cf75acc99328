'use strict';

const fs = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');

const {run} = require('./child.js');
const {wrongOption} = require('./error.js');
const {check, encodingArgs, environment, outFile, projectArgs, read, renderArgs, shown} = require('./options.js');
const {Follower} = require('./progress.js');

/** Renders a project to a file and gives the file's path. */
async function renderVideo(props) {
  const order = read('renderVideo', props, ['onProgress']);
  const output = path.join(order.settings.outDir ?? './output', outFile(order));
  const workers = Array.from({length: order.settings.workers ?? 1}, (_, worker) => worker);
  const follower = following(order, props, workers);
  const args = ['render', ...projectArgs(order), ...encodingArgs(order), ...renderArgs(order), `--output=${output}`];
  await run(args, {
    env: environment(order),
    input: order.variables,
    onEvent: event => follower.hear(event),
    signal: order.signal,
  });
  follower.end();
  return output;
}

/** Renders one worker's share of a project: a silent video and its sound. */
async function renderPartialVideo(props) {
  const order = read('renderPartialVideo', props, ['numWorkers', 'onProgress', 'workerId']);
  const {numWorkers, workerId} = props;
  check('workerId', 'count', workerId);
  check('numWorkers', 'positive', numWorkers);
  if (workerId >= numWorkers) {
    throw wrongOption(`\`workerId\` is \`${workerId}\`, but \`numWorkers\` is \`${numWorkers}\``);
  }
  const name = path.parse(outFile(order)).name;
  const follower = following(order, props, [workerId]);
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), `revideo-${name}-${workerId}-`));
  try {
    const args = ['part', ...projectArgs(order), ...encodingArgs(order), `--worker=${workerId}`, `--of=${numWorkers}`, `--output=${folder}`];
    const told = await run(args, {
      env: environment(order),
      input: order.variables,
      onEvent: event => follower.hear(event),
      signal: order.signal,
    });
    const {audioFile, videoFile} = JSON.parse(told);
    follower.end();
    return {audioFile, videoFile};
  } catch (error) {
    await fs.rm(folder, {recursive: true, force: true});
    throw error;
  }
}

function following(order, {onProgress}, workers) {
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw wrongOption(`\`onProgress\` must be a function, got \`${shown(onProgress)}\``);
  }
  return new Follower(order, {onProgress, workers});
}

module.exports = {renderPartialVideo, renderVideo};
