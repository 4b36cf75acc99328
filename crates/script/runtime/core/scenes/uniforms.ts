/** Names of the uniforms that shaders receive in the reference; shaders are not run here. */
export const UNIFORM_TIME = 'time';
export const UNIFORM_DELTA_TIME = 'deltaTime';
export const UNIFORM_FRAMERATE = 'framerate';
export const UNIFORM_FRAME = 'frame';
export const UNIFORM_RESOLUTION = 'resolution';
export const UNIFORM_SOURCE_TEXTURE = 'sourceTexture';
export const UNIFORM_DESTINATION_TEXTURE = 'destinationTexture';
export const UNIFORM_SOURCE_MATRIX = 'sourceMatrix';
export const UNIFORM_DESTINATION_MATRIX = 'destinationMatrix';
