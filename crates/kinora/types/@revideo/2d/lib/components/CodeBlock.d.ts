export { CodeBlock } from './undrawn';
