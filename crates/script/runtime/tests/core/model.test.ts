import {Random} from '../../core/index';
import {equal, ok, test} from '../harness';
import {simulate} from './model';
import {perform, randomProgram} from './programs';
import type {Log} from './programs';
import {playback} from './scene';

const LONGEST = 600;

test('tasks made up at random run as in a simple model of the scheduler', async () => {
  let steps = 0;
  for (let seed = 1; seed <= 400; seed++) {
    const random = new Random(seed);
    const fps = [24, 30, 60][seed % 3];
    const program = randomProgram(random, false);
    const wanted = simulate(program, fps, LONGEST);
    const log: Log = [];
    const manager = playback(fps, function* () {
      yield* perform(program, log);
    });
    await manager.recalculate();
    const text = `seed ${seed}: ${JSON.stringify(program)}`;
    for (let index = 0; index < Math.max(log.length, wanted.log.length); index++) {
      if (JSON.stringify(log[index]) !== JSON.stringify(wanted.log[index])) {
        equal(log.slice(index - 3, index + 3), wanted.log.slice(index - 3, index + 3), `${text}, entry ${index}`);
      }
    }
    equal(manager.duration, wanted.duration, text);
    steps += log.length;
  }
  ok(steps > 10000, `only ${steps} steps were compared`);
});
