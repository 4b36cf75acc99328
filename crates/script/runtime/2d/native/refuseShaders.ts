import {useLogger} from '@revideo/core';

/**
 * Refuses the shaders of a node, or says that they are passed over where the user wants it so.
 *
 * @throws an error naming the node.
 */
export function refuseShaders(key: string): void {
  const message = `\`${key}\` has \`shaders\`: they cannot be run here`;
  if (__kinora.ignoreShaders) {
    useLogger().warn({
      message: `${message}; the node is drawn without them`,
      inspect: key,
      stack: new Error().stack,
    });
    return;
  }
  const error: Error & {remarks?: string} = new Error(message);
  error.remarks = 'draw the effect with nodes, filters and gradients, or take the property out';
  throw error;
}
