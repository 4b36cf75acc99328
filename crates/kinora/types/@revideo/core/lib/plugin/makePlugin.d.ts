import type { Plugin } from './Plugin';
/** Makes a plugin available to the editor of the reference; here it stays unused. */
export declare function makePlugin(plugin: Plugin): () => Plugin;
export declare function makePlugin<T>(factory: (config: T) => Plugin): (config: T) => Plugin;
/** The editor's own plugin: names the exporters. */
export declare const DefaultPlugin: () => Plugin;
