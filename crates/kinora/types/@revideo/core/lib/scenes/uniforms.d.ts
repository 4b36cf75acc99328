/** Names of the uniforms that shaders receive in the reference; shaders are not run here. */
export declare const UNIFORM_TIME = "time";
export declare const UNIFORM_DELTA_TIME = "deltaTime";
export declare const UNIFORM_FRAMERATE = "framerate";
export declare const UNIFORM_FRAME = "frame";
export declare const UNIFORM_RESOLUTION = "resolution";
export declare const UNIFORM_SOURCE_TEXTURE = "sourceTexture";
export declare const UNIFORM_DESTINATION_TEXTURE = "destinationTexture";
export declare const UNIFORM_SOURCE_MATRIX = "sourceMatrix";
export declare const UNIFORM_DESTINATION_MATRIX = "destinationMatrix";
