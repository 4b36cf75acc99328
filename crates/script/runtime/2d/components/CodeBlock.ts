export {CodeBlock} from './undrawn';
