import {renderVideo} from '@revideo/renderer';

const file = await renderVideo({
  projectFile: './src/project.tsx',
  settings: {logProgress: true},
});
console.log(`Rendered video to ${file}`);
