'use strict';

const {renderPartialVideo, renderVideo} = require('kinora');

module.exports = {renderPartialVideo, renderVideo};
