import {FFmpegExporterClient, ImageExporter, WasmExporter} from '../exporter/exporters';
import type {Plugin} from './Plugin';

/** Makes a plugin available to the editor of the reference; here it stays unused. */
export function makePlugin(plugin: Plugin): () => Plugin;
export function makePlugin<T>(factory: (config: T) => Plugin): (config: T) => Plugin;
export function makePlugin(plugin: Plugin | ((config: any) => Plugin)): (config?: any) => Plugin {
  return typeof plugin === 'function' ? plugin : () => plugin;
}

/** The editor's own plugin: names the exporters. */
export const DefaultPlugin: () => Plugin = makePlugin({
  name: '@revideo/core/default',
  exporters: () => [WasmExporter, FFmpegExporterClient, ImageExporter],
});
