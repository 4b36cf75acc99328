// A function as users of Revideo have it: it calls itself for each part, and joins them.
import {InvokeCommand, LambdaClient} from '@aws-sdk/client-lambda';
import {GetObjectCommand, PutObjectCommand, S3Client} from '@aws-sdk/client-s3';
import {concatenateMedia, mergeAudioWithVideo} from '@revideo/ffmpeg';
import {renderPartialVideo} from '@revideo/renderer';
import chromium from '@sparticuz/chromium';
import {readFile, writeFile} from 'node:fs/promises';

interface Job {
  jobType: 'fullRender' | 'partialRender';
  jobId: string;
  numWorkers: number;
  workerId: number;
  variables?: Record<string, unknown>;
}

const Bucket = process.env.REVIDEO_BUCKET_NAME!;
const FunctionName = process.env.AWS_LAMBDA_FUNCTION_NAME!;
const s3 = new S3Client({forcePathStyle: true});
const lambda = new LambdaClient({requestHandler: {requestTimeout: 900_000}});

async function upload(Key: string, file: string) {
  await s3.send(new PutObjectCommand({Bucket, Key, Body: await readFile(file)}));
  return Key;
}

async function download(Key: string) {
  const {Body} = await s3.send(new GetObjectCommand({Bucket, Key}));
  const file = `/tmp/${Key}`;
  await writeFile(file, await Body!.transformToByteArray());
  return file;
}

async function renderPart({jobId, numWorkers, variables, workerId}: Job) {
  const {audioFile, videoFile} = await renderPartialVideo({
    projectFile: './src/project.tsx',
    workerId,
    numWorkers,
    variables,
    settings: {
      logProgress: true,
      viteBasePort: 5000,
      viteConfig: {cacheDir: '/tmp/.vite'},
      ffmpeg: {ffmpegLogLevel: 'error', ffmpegPath: 'ffmpeg'},
      puppeteer: {
        args: chromium.args,
        executablePath: await chromium.executablePath(),
        headless: true,
        protocolTimeout: 300_000,
      },
    },
  });
  return {
    audioUrl: await upload(`${jobId}-audio-${workerId}.wav`, audioFile),
    videoUrl: await upload(`${jobId}-video-${workerId}.mp4`, videoFile),
  };
}

async function callWorker(job: Job, workerId: number) {
  const event = {...job, jobType: 'partialRender', workerId};
  const {Payload} = await lambda.send(new InvokeCommand({FunctionName, Payload: JSON.stringify(event)}));
  const {body, statusCode} = JSON.parse(Payload!.transformToString());
  if (statusCode !== 200) throw new Error(`worker ${workerId}: ${body}`);
  return JSON.parse(body) as {audioUrl: string; videoUrl: string};
}

async function renderWhole(job: Job) {
  const workers = Array.from({length: job.numWorkers}, (_, workerId) => callWorker(job, workerId));
  const parts = await Promise.all(workers);
  const [sound, pictures, whole] = ['audio.wav', 'visuals.mp4', 'whole.mp4'].map(name => `/tmp/${job.jobId}-${name}`);
  await concatenateMedia(await Promise.all(parts.map(part => download(part.audioUrl))), sound);
  await concatenateMedia(await Promise.all(parts.map(part => download(part.videoUrl))), pictures);
  await mergeAudioWithVideo(sound, pictures, whole);
  return {resultUrl: await upload(`${job.jobId}.mp4`, whole)};
}

export async function handler(job: Job) {
  try {
    const body = job.jobType === 'partialRender' ? await renderPart(job) : await renderWhole(job);
    return {statusCode: 200, body: JSON.stringify(body)};
  } catch (error) {
    return {statusCode: 500, body: JSON.stringify({error: String(error)})};
  }
}
