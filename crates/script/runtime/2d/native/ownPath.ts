import type {Drawn} from './nodeKind';
import {one} from './stageProperty';

/** What the stage draws of a curve that gives its outline as path commands: they say where it is closed. */
export const OWN_PATH: Drawn = {
  properties: {closed: null},
  derived: [one('path', true, node => node.$$encodePath())],
};
