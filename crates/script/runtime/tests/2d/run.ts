import './node.test';
import {runTests} from '../harness';

await runTests();
