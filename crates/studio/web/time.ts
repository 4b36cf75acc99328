/** A frame's time as hours, minutes, seconds and frames: `00:01:02:15`. */
export function timecode(frame: number, fps: number): string {
  const rate = Math.max(1, Math.round(fps));
  const [sign, whole] = [frame < 0 ? '-' : '', Math.abs(Math.round(frame))];
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const seconds = Math.floor(whole / rate);
  const frames = String(whole % rate).padStart(String(rate - 1).length < 2 ? 2 : String(rate - 1).length, '0');
  return `${sign}${two(seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)}:${frames}`;
}

/** The frame that a user means: a number, a timecode, or seconds with an `s`. */
export function parseFrame(text: string, fps: number): number | null {
  const plain = text.trim();
  if (/^\d+$/.test(plain)) return Number(plain);
  const seconds = /^(\d+(?:\.\d+)?)\s*s$/.exec(plain);
  if (seconds) return Math.floor(Number(seconds[1]) * fps + 1e-6);
  const parts = plain.split(':');
  if (parts.length < 2 || parts.length > 4 || parts.some(part => !/^\d+$/.test(part))) return null;
  const numbers = parts.map(Number);
  const frames = numbers.pop() ?? 0;
  const whole = numbers.reduce((sum, part) => sum * 60 + part, 0);
  return whole * Math.max(1, Math.round(fps)) + frames;
}

/** Seconds as people say them. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min ${Math.round(seconds % 60)} s`;
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** Bytes as people say them. */
export function size(bytes: number): string {
  if (bytes < 1e6) return `${Math.max(1, Math.round(bytes / 1e3))} kB`;
  return bytes < 1e9 ? `${(bytes / 1e6).toFixed(1)} MB` : `${(bytes / 1e9).toFixed(2)} GB`;
}

/** US dollars, small sums with the digits that tell something. */
export function dollars(usd: number): string {
  return `$${usd < 1 ? usd.toFixed(4) : usd.toFixed(2)}`;
}
