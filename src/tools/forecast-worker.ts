import { parentPort, workerData } from 'node:worker_threads';
import { type ForecastJob, forecastSeries, outputWidth } from './forecast-run.ts';

// A thread of `runForecasts`: takes ranges of series, answers with their numbers one after the other.
const job = workerData as ForecastJob;

parentPort?.on('message', ({ chunk, from, to }: { chunk: number; from: number; to: number }) => {
  const width = job.horizon * outputWidth;
  const results = new Float64Array((to - from) * width);
  for (let i = from; i < to; i++) results.set(forecastSeries(job, i), (i - from) * width);
  parentPort?.postMessage({ chunk, results }, [results.buffer]);
});
