/** A picture by its address and size: what stands here for a DOM image. */
export interface LoadedImage {
    readonly src: string;
    /** Pixels. */
    readonly width: number;
    readonly height: number;
    readonly naturalWidth: number;
    readonly naturalHeight: number;
    readonly complete: true;
}
/** Whatever has the data of a picture. */
export type ImageDataSource = LoadedImage;
/** Loads a picture, for a `Pattern`; rejects with the address and the cause if it cannot be had. */
export declare function loadImage(source: string): Promise<LoadedImage>;
/** Loads several pictures. */
export declare function loadAnimation(sources: string[]): Promise<LoadedImage[]>;
/** There are no DOM images here: throws. */
export declare function getImageData(_image: unknown): never;
