import './exports.test';
import './oracle.test';
import './player.test';
import './signals.test';
import './threads.test';
import './types.test';
import './utils.test';
import {runTests} from '../harness';

await runTests();
