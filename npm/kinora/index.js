'use strict';

const {KinoraError} = require('./lib/error.js');
const {binaryPath} = require('./lib/binary.js');
const {renderBatch, renderPartialVideo, renderStream, renderVideo} = require('./lib/render.js');
const {inspect, openProject, renderFrame} = require('./lib/project.js');
const media = require('./lib/media.js');

module.exports = {KinoraError, binaryPath, inspect, media, openProject, renderBatch, renderFrame, renderPartialVideo, renderStream, renderVideo};
