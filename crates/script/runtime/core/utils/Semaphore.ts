/** Lets one asynchronous section in at a time. */
export class Semaphore {
  private locked = false;
  private readonly waiting: (() => void)[] = [];

  public async acquire(): Promise<void> {
    if (!this.locked) {
      this.locked = true;
      return;
    }
    await new Promise<void>(resolve => this.waiting.push(resolve));
  }

  public release(): void {
    const next = this.waiting.shift();
    if (next) next();
    else this.locked = false;
  }
}
