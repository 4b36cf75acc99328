/** The error for a component that this renderer cannot draw yet. */
export function notDrawn(component: string, key: string | undefined): Error {
  const where = key === undefined ? '' : ` (key \`${key}\`)`;
  return new Error(
    `<${component}>${where} cannot be drawn yet; remove it or replace it by a component that can (Rect, Circle, Line, Spline, Path, Txt, Img, Video and others)`,
  );
}
