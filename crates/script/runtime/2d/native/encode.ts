import {Color} from '@revideo/core';
import type {Filter} from '../partials/filter';

/** What fills or strokes beside colours: it tells the stage by itself what it is. */
export interface EncodesItself {
  $$encode(): unknown;
}

/** A fill or stroke. */
type Style = Color | EncodesItself | null | undefined;

/** A colour, or none, as the stage takes it; undefined for anything else. */
export function encodeColor(style: Style): number[] | null | undefined {
  if (style === null) return null;
  return style instanceof Color ? [style.r, style.g, style.b, style.a] : undefined;
}

/** A fill or stroke as the stage takes it. */
export function encodeStyle(style: Style): unknown {
  if (style === null || style === undefined) return null;
  return '$$encode' in style ? style.$$encode() : [style.r, style.g, style.b, style.a];
}

/** The active filters as `[name, value]`, in order. */
export function encodeFilters(filters: Filter[]): [string, number][] {
  const active: [string, number][] = [];
  for (const filter of filters) {
    if (filter.isActive()) active.push([filter.name, filter.value()]);
  }
  return active;
}
