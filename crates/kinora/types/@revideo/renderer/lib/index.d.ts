/** How a video is rendered; what is not named here is ignored. */
export interface RenderSettings {
    outFile?: `${string}.mp4`;
    outDir?: string;
    workers?: number;
    logProgress?: boolean;
    progressCallback?: (worker: number, progress: number) => void;
    projectSettings?: {
        range?: [number, number];
        background?: string | null;
        size?: {
            x: number;
            y: number;
        };
        exporter?: {
            name: string;
            options?: Record<string, unknown>;
        };
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
export declare function renderVideo(props: RenderVideoProps): Promise<string>;
/** Renders one worker's share of a project: a silent video and its sound. */
export declare function renderPartialVideo(props: RenderPartialVideoProps): Promise<{
    audioFile: string;
    videoFile: string;
}>;
