// Renders one film with the published Revideo, as its users do.
// node render.mjs FILM.tsx OUT.mp4 EXPORTER VARIABLES.json-text [FFMPEG]
import path from 'node:path';
import {renderVideo} from '@revideo/renderer';

const [film, output, exporter, variables, ffmpegPath] = process.argv.slice(2);
await renderVideo({
  projectFile: film,
  variables: JSON.parse(variables),
  settings: {
    outFile: path.basename(output),
    outDir: path.dirname(output),
    projectSettings: {
      exporter: exporter === 'wasm' ? {name: '@revideo/core/wasm'} : {name: '@revideo/core/ffmpeg', options: {format: 'mp4'}},
    },
    ...(ffmpegPath ? {ffmpeg: {ffmpegPath}} : {}),
    puppeteer: {
      executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
      args: ['--no-sandbox'],
    },
  },
});
process.exit(0);
