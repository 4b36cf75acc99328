import './node.test';
import './canvas.test';
import './drawing.test';
import './media.test';
import './curves.test';
import './segments.test';
import './layout.test';
import './subclass.test';
import './held.test';
import './code.test';
import './camera.test';
import './svg.test';
import {runTests} from '../harness';

await runTests();
