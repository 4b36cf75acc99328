/** What was logged: level, message, details. */
export const logs: [level: string, message: string, details?: string][] = [];

const host: any = ((globalThis as any).__kinora ??= {});
const log = host.log;

host.log = (...entry: [string, string, string?]) => {
  logs.push(entry);
  log?.(...entry);
};

/** Answers requests for files with one that has sound. */
export function answerAssets(): void {
  host.asset = () => ({id: 'ab'.repeat(32), width: 0, height: 0, duration: 1, audio: true});
}
