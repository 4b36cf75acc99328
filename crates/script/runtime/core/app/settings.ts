import {Color} from '../types/Color';
import type {PossibleColor} from '../types/Color';
import type {CanvasColorSpace} from '../types/Canvas';
import {Vector2} from '../types/Vector';
import type {PossibleVector2} from '../types/Vector';

/** How a film is encoded; read by the host. */
export interface ExporterSettings {
  name: string;
  options?: unknown;
}

/** Settings as a project file gives them. */
export interface UserProjectSettings {
  shared: {
    background: PossibleColor | null;
    /** Seconds. */
    range: [number, number];
    size: PossibleVector2;
  };
  rendering: {
    exporter: ExporterSettings;
    fps: number;
    resolutionScale: number;
    colorSpace: CanvasColorSpace;
  };
  preview: {
    fps: number;
    resolutionScale: number;
  };
}

/** Settings as `makeProject` takes them: each group goes over the defaults. */
export type PartialUserProjectSettings = {
  [K in keyof UserProjectSettings]?: Partial<UserProjectSettings[K]>;
};

/** Settings that `renderVideo` takes in place of the project's own. */
export type RenderVideoUserProjectSettings = {
  range?: UserProjectSettings['shared']['range'];
  background?: UserProjectSettings['shared']['background'];
  size?: UserProjectSettings['shared']['size'];
  exporter?: UserProjectSettings['rendering']['exporter'];
};

/** Settings with their values read. */
export interface ProjectSettings {
  shared: {background: Color; range: [number, number]; size: Vector2};
  rendering: UserProjectSettings['rendering'];
  preview: UserProjectSettings['preview'];
}

/** `'FFFFFF00'` is hex without `#`: transparent. */
export const defaultUserProjectSettings: UserProjectSettings = {
  shared: {
    background: 'FFFFFF00',
    range: [0, Infinity],
    size: {x: 1920, y: 1080},
  },
  rendering: {
    exporter: {name: '@revideo/core/wasm'},
    fps: 30,
    resolutionScale: 1,
    colorSpace: 'srgb',
  },
  preview: {
    fps: 30,
    resolutionScale: 1,
  },
};

/** The settings of a project file over the defaults, group by group. */
export function resolveSettings(
  user: PartialUserProjectSettings = {},
): ProjectSettings {
  const defaults = defaultUserProjectSettings;
  const shared = {...defaults.shared, ...user.shared};
  return {
    shared: {
      background: new Color(shared.background),
      range: shared.range,
      size: new Vector2(shared.size),
    },
    rendering: {...defaults.rendering, ...user.rendering},
    preview: {...defaults.preview, ...user.preview},
  };
}
