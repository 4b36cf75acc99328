import './patience';
import './canvas';
import './clock';
import './console';
import './events';
import './encoding';
import './environment';
import './url';
import './fetch';
import './crypto';
import './intl';
import './random';
import './timers';
import './stack';

export {nextTimer, runTimer} from './timers';
export {tampered} from './tampered';
