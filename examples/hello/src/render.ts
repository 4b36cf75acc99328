import {renderVideo} from '@revideo/renderer';

console.log('Rendering …');
const file = await renderVideo({
  projectFile: './src/project.tsx',
  settings: {logProgress: true},
});
console.log(`Rendered video to ${file}`);
