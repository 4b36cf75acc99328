import './clock';
import './console';
import './encoding';
import './environment';
import './fetch';
import './random';
import './timers';
import './url';

export {nextTimer, runTimer} from './timers';
