import type { Logger } from '../app/Logger';
import type { Scene } from '../scenes/Scene';
/** The scene that is running. */
export declare function useScene(): Scene;
export declare function startScene(scene: Scene): void;
export declare function endScene(scene: Scene): void;
/** The project's logger while a scene runs, the console outside. */
export declare function useLogger(): Logger;
