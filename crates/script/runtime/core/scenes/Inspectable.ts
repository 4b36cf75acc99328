/** A scene that the reference's editor can look into. There is no editor here. */
export interface Inspectable {
  inspectPosition(x: number, y: number): unknown;
}

export function isInspectable(value: any): value is Inspectable {
  return value !== null && typeof value === 'object' && 'inspectPosition' in value;
}
