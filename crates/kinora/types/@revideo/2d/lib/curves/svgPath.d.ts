/**
 * SVG path data (all commands, absolute and relative) as absolute path commands.
 *
 * @throws an error that quotes what cannot be read.
 */
export declare function svgPath(data: string): number[];
