'use strict';

const fs = require('node:fs/promises');
const os = require('node:os');
const path = require('node:path');

const {flow, run} = require('./child.js');
const {told, wrongOption} = require('./error.js');
const {check, encodingArgs, environment, outFile, projectArgs, read, renderArgs, shown, variablesText} = require('./options.js');
const {Follower, hear} = require('./progress.js');

/** Renders a project to a file and gives the file's path, or that of the folder of its pictures. */
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
  return /%0\d+d\./.test(path.basename(output)) ? path.dirname(output) : output;
}

/**
 * Renders a project to a stream of MP4 in fragments, which plays while it grows: each segment
 * comes as soon as it and all before it are rendered.
 */
function renderStream(props) {
  const order = read('renderStream', props, ['onProgress']);
  for (const name of ['format', 'outDir', 'outFile']) {
    if (order.settings[name] !== undefined) {
      throw wrongOption(`\`${name}\` is no setting of renderStream, which gives MP4 in fragments`);
    }
  }
  outFile(order);
  if (![undefined, '@revideo/core/wasm'].includes(order.project.exporter?.name) && order.project.exporter.options?.format !== 'mp4') {
    throw wrongOption('renderStream gives MP4 in fragments, which is no format of this exporter');
  }
  const workers = Array.from({length: order.settings.workers ?? 1}, (_, worker) => worker);
  const follower = following(order, props, workers);
  return flow(['render', ...projectArgs(order), ...encodingArgs(order), ...renderArgs(order), '--output=-'], {
    env: environment(order),
    input: order.variables,
    onEvent: event => follower.hear(event),
    onEnd: () => follower.end(),
    signal: order.signal,
  });
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
    const answer = await run(args, {
      env: environment(order),
      input: order.variables,
      onEvent: event => follower.hear(event),
      signal: order.signal,
    });
    const {audioFile, videoFile} = JSON.parse(answer);
    follower.end();
    return {audioFile, videoFile};
  } catch (error) {
    await fs.rm(folder, {recursive: true, force: true});
    throw error;
  }
}

/**
 * Renders a video for each row of variables; `outFile` is a pattern such as `{name}.mp4`. A
 * row that fails does not stop the rest: it has an `error` instead of `stats`.
 */
async function renderBatch(props) {
  const order = read('renderBatch', props, ['onRow', 'rows']);
  const {onRow, rows} = props;
  if (!Array.isArray(rows) || rows.length === 0) {
    throw wrongOption(`\`rows\` must be a list of at least one object of variables, got \`${shown(rows)}\``);
  }
  rows.forEach((row, index) => check(`rows[${index}]`, 'record', row));
  if (onRow !== undefined) {
    check('onRow', 'call', onRow);
  }
  for (const name of ['cache', 'segmentSeconds', 'stats']) {
    if (order.settings[name] !== undefined) {
      throw wrongOption(`\`${name}\` is no setting of renderBatch`);
    }
  }
  const file = outFile({...order, settings: {outFile: '{row}.mp4', ...order.settings}});
  const output = path.join(order.settings.outDir ?? './output', file);
  const made = [];
  const take = ({error, output, seconds, stats}) => {
    const row = error ? {output, seconds, error: told(error)} : {output, seconds, stats};
    made.push(row);
    onRow?.(row, made.length - 1);
  };
  const folder = await fs.mkdtemp(path.join(os.tmpdir(), 'kinora-batch-'));
  try {
    const table = path.join(folder, 'rows.jsonl');
    const common = JSON.parse(order.variables ?? '{}');
    await fs.writeFile(table, rows.map(row => `${variablesText({...common, ...row})}\n`).join(''));
    await run(['batch', ...projectArgs({...order, variables: undefined}), ...encodingArgs(order), `--from=${table}`, `--output=${output}`], {
      env: environment(order),
      onEvent: event => (event.event === 'row' ? take(event) : hear(order.settings, event)),
      signal: order.signal,
    });
  } catch (error) {
    // That rows have failed is told with each of them.
    if (made.length < rows.length || error.code !== 'KINORA_PROJECT') {
      throw error;
    }
  } finally {
    await fs.rm(folder, {recursive: true, force: true});
  }
  return made;
}

function following(order, {onProgress}, workers) {
  if (onProgress !== undefined && typeof onProgress !== 'function') {
    throw wrongOption(`\`onProgress\` must be a function, got \`${shown(onProgress)}\``);
  }
  return new Follower(order, {onProgress, workers});
}

module.exports = {renderBatch, renderPartialVideo, renderStream, renderVideo};
