/**
 * Makes the default of a property the style that its surroundings hand down, as CSS would.
 *
 * `styleName` is the CSS name (`font-size`), `parse` converts what is found.
 */
export declare function defaultStyle<T>(styleName: string, parse?: (value: any) => T): PropertyDecorator;
