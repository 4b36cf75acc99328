// React for pages, which has no modules of its own: one that holds its parts.
import fs from 'node:fs';
import {createRequire} from 'node:module';
import path from 'node:path';

const PARTS = {
  react: 'react/cjs/react.production.js',
  scheduler: 'scheduler/cjs/scheduler.production.js',
  'react-dom': 'react-dom/cjs/react-dom.production.js',
  'react-dom/client': 'react-dom/cjs/react-dom-client.production.js',
};

/** The text of a module that exports what tests and the player use of React. */
export function reactModule() {
  const here = createRequire(import.meta.url);
  const folder = name => path.dirname(here.resolve(`${name}/package.json`));
  const parts = Object.entries(PARTS).map(([name, file]) => {
    const [owner, ...rest] = file.split('/');
    const text = fs.readFileSync(path.join(folder(owner), ...rest), 'utf8');
    return `${JSON.stringify(name)}(module, exports, require) {\n${text}\n}`;
  });
  return `const parts = {${parts.join(',\n')}};
const made = {};
function require(name) {
  if (made[name] === undefined) {
    const module = (made[name] = {exports: {}});
    parts[name](module, module.exports, require);
  }
  return made[name].exports;
}
export const {createElement, forwardRef, createRef, useEffect, useImperativeHandle, useRef} = require('react');
export const {flushSync} = require('react-dom');
export const {createRoot} = require('react-dom/client');
`;
}
