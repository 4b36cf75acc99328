import { Fragment, jsx } from './jsx-runtime';
import type { JSX } from './jsx-runtime';
export { Fragment, jsx as jsxDEV };
export type { JSX };
