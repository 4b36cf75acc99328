/** Bytes as a `data:` URL. */
export function dataUrl(bytes: Uint8Array, kind: string): string {
  const step = 8192;
  let text = '';
  for (let at = 0; at < bytes.length; at += step) text += String.fromCharCode(...bytes.subarray(at, at + step));
  return `data:${kind};base64,${btoa(text)}`;
}
