import { Color } from '../types/Color';
import type { PossibleColor } from '../types/Color';
import type { CanvasColorSpace } from '../types/Canvas';
import { Vector2 } from '../types/Vector';
import type { PossibleVector2 } from '../types/Vector';
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
    shared: {
        background: Color;
        range: [number, number];
        size: Vector2;
    };
    rendering: UserProjectSettings['rendering'];
    preview: UserProjectSettings['preview'];
}
/** `'FFFFFF00'` is hex without `#`: transparent. */
export declare const defaultUserProjectSettings: UserProjectSettings;
/** The settings of a project file over the defaults, group by group. */
export declare function resolveSettings(user?: PartialUserProjectSettings): ProjectSettings;
