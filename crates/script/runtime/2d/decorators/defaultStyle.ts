import {capitalize} from '@revideo/core';
import {initial} from './signal';

/** A node whose text styles follow those of the layout around it. */
interface Styled {
  $$inheritedStyle(key: string): unknown;
}

/**
 * Makes the default of a property the style that its surroundings hand down, as CSS would.
 *
 * `styleName` is the CSS name (`font-size`), `parse` converts what is found.
 */
export function defaultStyle<T>(styleName: string, parse: (value: any) => T = value => value): PropertyDecorator {
  const style = styleName.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
  return (target: any, key) => {
    target[`getDefault${capitalize(key as string)}`] = function (this: Styled) {
      return parse(this.$$inheritedStyle(style));
    };
    initial(null)(target, key);
  };
}
