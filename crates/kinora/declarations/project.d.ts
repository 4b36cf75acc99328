// What projects can import beside code.

declare module '*?raw' {
  const text: string;
  export default text;
}

declare module '*?url' {
  const address: string;
  export default address;
}

declare module '*?inline' {
  const content: string;
  export default content;
}

declare module '*?img' {
  import type {LoadedImage} from '@revideo/core';
  const image: Promise<LoadedImage>;
  export default image;
}

declare module '*?anim' {
  import type {LoadedImage} from '@revideo/core';
  const images: Promise<LoadedImage[]>;
  export default images;
}

declare module '*?scene' {
  import type {SceneDescription} from '@revideo/core';
  const scene: SceneDescription;
  export default scene;
}

declare module '*.meta' {
  const meta: Record<string, unknown>;
  export default meta;
}

declare module '*.glsl' {
  const shader: string;
  export default shader;
}

declare module '*.vert' {
  const shader: string;
  export default shader;
}

declare module '*.frag' {
  const shader: string;
  export default shader;
}

declare module '*.csv' {
  const text: string;
  export default text;
}

declare module '*.css' {
  const styles: Record<string, string>;
  export default styles;
}

declare module '*.scss' {
  const styles: Record<string, string>;
  export default styles;
}

declare module '*.png' {
  const address: string;
  export default address;
}

declare module '*.jpg' {
  const address: string;
  export default address;
}

declare module '*.jpeg' {
  const address: string;
  export default address;
}

declare module '*.gif' {
  const address: string;
  export default address;
}

declare module '*.webp' {
  const address: string;
  export default address;
}

declare module '*.avif' {
  const address: string;
  export default address;
}

declare module '*.svg' {
  const address: string;
  export default address;
}

declare module '*.bmp' {
  const address: string;
  export default address;
}

declare module '*.mp4' {
  const address: string;
  export default address;
}

declare module '*.webm' {
  const address: string;
  export default address;
}

declare module '*.mov' {
  const address: string;
  export default address;
}

declare module '*.mkv' {
  const address: string;
  export default address;
}

declare module '*.ogv' {
  const address: string;
  export default address;
}

declare module '*.mp3' {
  const address: string;
  export default address;
}

declare module '*.wav' {
  const address: string;
  export default address;
}

declare module '*.ogg' {
  const address: string;
  export default address;
}

declare module '*.m4a' {
  const address: string;
  export default address;
}

declare module '*.aac' {
  const address: string;
  export default address;
}

declare module '*.flac' {
  const address: string;
  export default address;
}

declare module '*.opus' {
  const address: string;
  export default address;
}

declare module '*.ttf' {
  const address: string;
  export default address;
}

declare module '*.otf' {
  const address: string;
  export default address;
}

declare module '*.woff' {
  const address: string;
  export default address;
}

declare module '*.woff2' {
  const address: string;
  export default address;
}

declare module '*.riv' {
  const address: string;
  export default address;
}

interface ImportMetaEnv {
  readonly MODE: string;
  readonly BASE_URL: string;
  readonly PROD: boolean;
  readonly DEV: boolean;
  readonly SSR: boolean;
  readonly [name: string]: unknown;
}

interface ImportMeta {
  url: string;
  readonly env: ImportMetaEnv;
  readonly hot?: {accept(callback?: (module: unknown) => void): void; readonly data: Record<string, unknown>};
}
