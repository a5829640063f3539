import { banner } from './app/banner.ts';
import { createLog } from './app/log.ts';
import { startApp } from './app.ts';
import { type Config, HelpRequested, readConfig, usage } from './config.ts';
import { isAppError } from './shared/errors.ts';

/** Exit code of a configuration that cannot be used. */
const badConfiguration = 2;

const config = read();
const log = createLog(config.logLevel);
process.on('unhandledRejection', (error) => {
  log.error({ error }, 'unhandled rejection');
});

try {
  const app = await startApp(config, log);
  console.log(banner(config, app));
  const end = (signal: string) => {
    console.log(`\n${signal}: stopping …`);
    void app.stop().then(() => process.exit(0));
  };
  process.once('SIGINT', end);
  process.once('SIGTERM', end);
  if (app.replay !== null) {
    const result = await app.replay.catch(async (error: unknown) => {
      await app.stop();
      throw error;
    });
    if (result !== null) {
      console.log(result.text);
      await app.stop();
      process.exit(result.isComplete ? 0 : 1);
    }
  }
} catch (error) {
  if (isAppError(error, 'invalid_configuration', 'invalid_input')) fail(error.message);
  log.error({ error }, 'Shuiwei could not start or go on');
  process.exit(1);
}

function read(): Config {
  try {
    return readConfig(process.argv.slice(2));
  } catch (error) {
    if (error instanceof HelpRequested) {
      console.log(usage);
      process.exit(0);
    }
    if (isAppError(error, 'invalid_configuration')) fail(error.message);
    throw error;
  }
}

function fail(message: string): never {
  console.error(`Shuiwei cannot start with this configuration:\n${message.replace(/^/gm, '  - ')}`);
  process.exit(badConfiguration);
}
