/** A property with a value per side, each set by a prop `prefixTop`, `prefixRight`, … */
export declare function spacingSignal(prefix?: string): PropertyDecorator;
