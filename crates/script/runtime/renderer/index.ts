/** How a video is rendered; what is not named here is ignored. */
export interface RenderSettings {
  outFile?: string;
  outDir?: string;
  workers?: number;
  logProgress?: boolean;
  progressCallback?: (worker: number, progress: number) => void;
  projectSettings?: {
    range?: [number, number];
    background?: string | null;
    size?: {x: number; y: number};
    exporter?: {name: string; options?: Record<string, unknown>};
  };
  [other: string]: unknown;
}

export interface RenderVideoProps {
  projectFile: string;
  variables?: Record<string, unknown>;
  settings?: RenderSettings;
}

export interface RenderPartialVideoProps extends RenderVideoProps {
  workerId: number;
  numWorkers: number;
}

/** Renders a project to a file and returns the file's path. */
export async function renderVideo(props: RenderVideoProps): Promise<string> {
  return call('renderVideo', __kinora.render, props) as string;
}

/** Renders one worker's share of a project: a silent video and its sound. */
export async function renderPartialVideo(
  props: RenderPartialVideoProps,
): Promise<{audioFile: string; videoFile: string}> {
  return call('renderPartialVideo', __kinora.renderPartial, props) as {audioFile: string; videoFile: string};
}

function call(name: string, render: ((options: string) => string) | undefined, props: RenderVideoProps): unknown {
  if (!render) {
    throw new Error(`${name} cannot be called while a film is recorded: call it from a script run with \`kinora run\``);
  }
  if (typeof props?.projectFile !== 'string') {
    throw new Error(`${name} needs \`projectFile\`, the path of the file that exports the project`);
  }
  const callback = props.settings?.progressCallback;
  const result: unknown = JSON.parse(render(JSON.stringify(props, finite)));
  callback?.((props as Partial<RenderPartialVideoProps>).workerId ?? 0, 1);
  return result;
}

/** JSON has no infinity: an endless range ends at null. */
function finite(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? null : value;
}
