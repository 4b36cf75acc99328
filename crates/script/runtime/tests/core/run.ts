import './oracle.test';
import {runTests} from '../harness';

await runTests();
