/**
 * What classes of users draw with: a canvas context. Its type is the editor's own
 * `CanvasRenderingContext2D`, which is no concern of the runtime's.
 */
export type DrawingContext = any;

/** What drawing gives: some methods may take their time. */
export type Drawn = void | Promise<void>;
