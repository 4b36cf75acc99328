/** A marked moment of a scene. */
export interface Slide {
  id: string;
  name: string;
  /** Seconds since the scene's start. */
  time: number;
}

/** The slides of a scene. They are recorded, and never pause a render. */
export class Slides {
  private slides: Slide[] = [];

  public constructor(private readonly sceneName: string) {}

  public getAll(): readonly Slide[] {
    return this.slides;
  }

  public register(name: string, time: number): string {
    const id = `${this.sceneName}:${name}`;
    if (!this.slides.some(slide => slide.id === id)) this.slides.push({id, name, time});
    return id;
  }

  public shouldWait(_id: string): boolean {
    return false;
  }

  public clear(): void {
    this.slides = [];
  }
}
