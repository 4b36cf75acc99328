import {decorate} from '../decorators/decorate';
import {threadable} from '../decorators/threadable';
import type {ThreadGenerator} from '../threading/ThreadGenerator';
import {useScene} from './useScene';
import {useThread} from './useThread';

decorate(beginSlide, threadable());
/** Marks the start of a slide; takes one frame, and never pauses a render. */
export function* beginSlide(name: string): ThreadGenerator {
  const {slides} = useScene();
  slides.register(name, useThread().fixed);
  yield;
  while (slides.shouldWait(name)) yield;
}
