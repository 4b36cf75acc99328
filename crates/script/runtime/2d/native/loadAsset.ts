const known = new Map<string, NativeAsset>();

/**
 * What a media file is, by its address; asked from the host once per address.
 *
 * @throws an error with the address and the cause if it cannot be had.
 */
export function loadAsset(src: string, kind: 'image' | 'pixels' | 'video' | 'audio'): NativeAsset {
  const name = `${kind} ${src}`;
  let asset = known.get(name);
  if (asset === undefined) {
    asset = __kinora.asset(src, kind);
    known.set(name, asset);
  }
  return asset;
}
