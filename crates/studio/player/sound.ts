import type {Connection} from './connection.js';

const RATE = 48_000;
/** Seconds of a piece that is fetched at once. */
const PIECE = 2;
/** Seconds that are made ready ahead. */
const AHEAD = 3;

/** Plays the film's mix from a place on. */
export class Sound {
  #context: AudioContext | null = null;
  #gain: GainNode | null = null;
  #sources = new Set<AudioBufferSourceNode>();
  #run = 0;
  #volume = 1;

  public constructor(private readonly studio: Connection) {}

  /** The clock that sound follows, in seconds; none before anything was played. */
  public get now(): number {
    return this.#context?.currentTime ?? 0;
  }

  public set volume(volume: number) {
    this.#volume = volume;
    if (this.#gain) this.#gain.gain.value = volume;
  }

  /** Makes the sound ready; browsers want a user to have done something first. */
  public async wake(): Promise<void> {
    if (this.#context === null) {
      this.#context = new AudioContext({sampleRate: RATE, latencyHint: 'interactive'});
      this.#gain = this.#context.createGain();
      this.#gain.gain.value = this.#volume;
      this.#gain.connect(this.#context.destination);
    }
    if (this.#context.state === 'suspended') {
      const late = new Promise<void>(resolve => setTimeout(resolve, 300));
      await Promise.race([this.#context.resume(), late]);
    }
  }

  /** Whether sound can be heard now. */
  public get isAwake(): boolean {
    return this.#context?.state === 'running';
  }

  /**
   * Plays the seconds `from` to `to` of the film at this speed; what is heard at `from` is heard
   * at the clock's `at`.
   */
  public play(from: number, to: number, speed: number, at: number): void {
    this.stop();
    void this.#feed(this.#run, from, to, speed, at);
  }

  public stop(): void {
    this.#run++;
    for (const source of this.#sources) source.stop();
    this.#sources.clear();
  }

  async #feed(run: number, from: number, to: number, speed: number, at: number): Promise<void> {
    const [context, gain] = [this.#context, this.#gain];
    if (context === null || gain === null) return;
    for (let start = from; start < to - 1e-6; start += PIECE) {
      const due = at + (start - from) / speed;
      while (run === this.#run && due - context.currentTime > AHEAD) {
        await new Promise(resolve => setTimeout(resolve, 100));
      }
      if (run !== this.#run) return;
      const end = Math.min(start + PIECE, to);
      let bytes: ArrayBuffer;
      try {
        const range = `sound?from=${Math.round(start * RATE)}&to=${Math.round(end * RATE)}`;
        bytes = await (await this.studio.ask(range)).arrayBuffer();
      } catch {
        return;
      }
      if (run !== this.#run || bytes.byteLength < 4) return;
      const samples = new Int16Array(bytes);
      const buffer = context.createBuffer(2, samples.length / 2, RATE);
      for (const channel of [0, 1]) {
        const floats = buffer.getChannelData(channel);
        for (let index = 0; index < floats.length; index++) floats[index] = samples[2 * index + channel] / 32_768;
      }
      const source = context.createBufferSource();
      source.buffer = buffer;
      source.playbackRate.value = speed;
      source.connect(gain);
      const late = Math.max(0, context.currentTime - due);
      if (late * speed < buffer.duration) source.start(Math.max(due, context.currentTime), late * speed);
      this.#sources.add(source);
      source.onended = () => this.#sources.delete(source);
    }
  }
}
