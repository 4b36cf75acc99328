// The declarations of @kinora/player, used and compared with the component itself.
import {createRef} from 'react';

import {KinoraPlayer as Declared} from './package/kinora-player.js';
import {KinoraPlayer} from './package/react.js';
import type {KinoraPlayer as Own} from './source/kinora-player.js';

const own: Own = document.querySelector('own-player')!;
export const declared: Declared = own;
/** What is public of the component and not declared. */
type Undeclared = Exclude<keyof Own, keyof Declared>;
export const none: Undeclared[] = [] as ('connectedCallback' | 'disconnectedCallback' | 'attributeChangedCallback')[];
export const all: ('connectedCallback' | 'disconnectedCallback' | 'attributeChangedCallback')[] = [] as Undeclared[];

const found: Declared = document.createElement('kinora-player');
const seconds: number = found.currentTime + found.duration;
void found.play().then(() => seconds);
// @ts-expect-error a duration is only read
found.duration = 2;

const ref = createRef<Declared>();
export const page = (
  <KinoraPlayer
    ref={ref}
    src="film.mp4"
    poster="film.jpg"
    controls
    autoPlay
    width={640}
    className="film"
    aria-label="The film"
    onEnded={event => event.preventDefault()}
    onClick={event => event.preventDefault()}
  />
);
// @ts-expect-error there is no such property
export const wrong = <KinoraPlayer source="film.mp4" />;
