export { Fragment, jsx, jsxs } from '../jsx-runtime';
