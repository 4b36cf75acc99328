import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from './ThreadGenerator';

decorate(noop, threadable());
/** A task that does nothing and takes no time. */
export function* noop(): ThreadGenerator {}
