import {Color} from '@revideo/core';
import {Gradient} from '../partials/gradient';
import {Pattern} from '../partials/pattern';
import type {CanvasStyle} from '../partials/canvasStyle';
import type {Filter} from '../partials/filter';

/** A colour, or none, as the stage takes it; undefined for anything else. */
export function encodeColor(style: CanvasStyle): number[] | null | undefined {
  if (style === null) return null;
  return style instanceof Color ? [style.r, style.g, style.b, style.a] : undefined;
}

/** A fill or stroke as the stage takes it. */
export function encodeStyle(style: CanvasStyle): unknown {
  if (style === null || style === undefined) return null;
  if (style instanceof Gradient || style instanceof Pattern) return style.$$encode();
  return [style.r, style.g, style.b, style.a];
}

/** The active filters as `[name, value]`, in order. */
export function encodeFilters(filters: Filter[]): [string, number][] {
  const active: [string, number][] = [];
  for (const filter of filters) {
    if (filter.isActive()) active.push([filter.name, filter.value()]);
  }
  return active;
}
