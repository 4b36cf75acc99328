/** A value in a message: short, whatever it is. */
export function shownValue(value: unknown): string {
  if (typeof value === 'function') return `a function (\`${value.name || 'anonymous'}\`)`;
  let text: string | undefined;
  try {
    text = JSON.stringify(value);
  } catch {
    text = undefined;
  }
  text ??= String(value);
  return `\`${text.length > 60 ? `${text.slice(0, 60)}…` : text}\``;
}
