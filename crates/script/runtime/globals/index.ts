import './clock';
import './console';
import './encoding';
import './environment';
import './fetch';
import './random';
import './timers';
import './url';
import './stack';

export {nextTimer, runTimer} from './timers';
