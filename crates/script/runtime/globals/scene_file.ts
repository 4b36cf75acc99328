interface Description {
  name: string;
  klass: unknown;
  meta?: unknown;
}

/** The scene that a file imported with `?scene` exports; one without a name has the file's. */
export function nameScene(scene: Description | undefined, file: string, meta: unknown): Description {
  if (typeof scene?.klass !== 'function') {
    throw new Error(`\`${file}?scene\` has no scene as its default export: make it with \`makeScene2D\``);
  }
  if (/^scene\d*$/.test(scene.name)) {
    scene.name = file;
  }
  if (meta !== undefined) {
    scene.meta = meta;
  }
  return scene;
}
