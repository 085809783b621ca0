import { LaunchMessage } from '../twin/launch-messages.ts';
import { type Child, startChild } from './child.ts';
import { centreProgram } from './programs.ts';
import type { Screen } from './screen.ts';
import type { Settings } from './settings.ts';

type Told<Type extends LaunchMessage['type']> = Extract<LaunchMessage, { readonly type: Type }>;

/** What is known of the centre while it starts. */
export type CentreNews = {
  readonly child: Child;
  readonly newcomer: Promise<Told<'newcomer'>>;
  readonly ready: Promise<Told<'ready'>>;
};

const stageNames: Readonly<Record<Told<'progress'>['stage'], string>> = {
  facilities: 'cơ sở / facilities',
  tills: 'máy bán hàng / tills',
  reports: 'báo cáo / reports',
};

/** Loopback unless told otherwise: the demonstration's passwords are printed in its source. */
export function startCentreChild(settings: Settings, screen: Screen): CentreNews {
  const newcomer = Promise.withResolvers<Told<'newcomer'>>();
  const ready = Promise.withResolvers<Told<'ready'>>();
  let isReady = false;
  const tell = (message: LaunchMessage): void => {
    switch (message.type) {
      case 'progress':
        if (!isReady) screen.progress(stageNames[message.stage], message.done, message.total);
        return;
      case 'newcomer':
        newcomer.resolve(message);
        return;
      case 'ready':
        isReady = true;
        ready.resolve(message);
        return;
      case 'trouble':
        screen.say(`Nước trình diễn / Demonstration: ${message.detail}`);
        if (!isReady) ready.reject(new Error(message.detail));
    }
  };
  const child = startChild('centre', centreProgram, {
    env: { HOST: '127.0.0.1', ...process.env, PORT: String(settings.PORT) },
    on: {
      line: (text) => screen.say(`  ${text}`),
      message: (message) => tell(LaunchMessage.parse(message)),
    },
  });
  return { child, newcomer: newcomer.promise, ready: ready.promise };
}
