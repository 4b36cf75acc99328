import {CODE} from '../code/range';

export {lines, word} from '../code/range';
export {CodeBlock} from './undrawn';
export {CODE as edit, CODE as insert, CODE as range, CODE as remove};
