'use strict';

/** How often `logProgress` prints. */
const LOG_MS = 1000;

/** What is done with the events of a render whose callers want to know how far it is. */
class Follower {
  constructor({settings}, {onProgress, workers}) {
    this.settings = settings;
    this.onProgress = onProgress;
    this.workers = workers;
    this.logged = 0;
  }

  hear(event) {
    if (event.event === 'progress') {
      const {event: _, ...facts} = event;
      this.tell({...facts, progress: facts.totalFrames ? facts.frames / facts.totalFrames : 0});
    } else {
      hear(this.settings, event);
    }
  }

  tell(facts) {
    this.last = facts;
    this.onProgress?.(facts);
    const now = Date.now();
    const due = this.settings.logProgress && this.told !== 1 && (now - this.logged >= LOG_MS || facts.progress === 1);
    // All workers share all of the work, so each is as far as all are.
    for (const worker of this.workers) {
      this.settings.progressCallback?.(worker, facts.progress);
      if (due) {
        this.logged = now;
        this.told = facts.progress;
        console.log(`Render progress, worker ${worker}: ${Math.round(facts.progress * 100)}% `);
      }
    }
  }

  /** The render has ended well. */
  end() {
    if (this.last?.progress !== 1) {
      this.tell({...this.last, stage: 'assemble', progress: 1});
    }
  }
}

/** Hands on what the program says besides. */
function hear({onLog}, event) {
  if (event.event !== 'warning' && event.event !== 'note') {
    return;
  }
  if (onLog) {
    onLog({level: event.event, message: event.message});
  } else {
    process.stderr.write(`${event.event === 'warning' ? 'warning: ' : ''}${event.message}\n`);
  }
}

module.exports = {Follower, hear};
