import './node.test';
import './media.test';
import {runTests} from '../harness';

await runTests();
