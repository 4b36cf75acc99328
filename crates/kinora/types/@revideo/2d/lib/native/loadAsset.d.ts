/**
 * What a media file is, by its address; asked from the host once per address.
 *
 * @throws an error with the address and the cause if it cannot be had.
 */
export declare function loadAsset(src: string, kind: 'image' | 'video' | 'audio'): NativeAsset;
