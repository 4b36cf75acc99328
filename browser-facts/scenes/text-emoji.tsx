import {Txt} from '@revideo/2d';
import {still} from './shared/still';

/** Pictures in several colours, of which some are one picture of several characters. */
export default still('text-emoji', view => {
  const family = 'Roboto, "Noto Color Emoji"';
  view.add(
    <>
      <Txt y={-62} fontFamily={family} fontSize={40} fill={'black'} text={'😀🚀🦊🌈🍕'} />
      <Txt y={-10} fontFamily={family} fontSize={32} fill={'navy'} text={'a👨‍👩‍👧‍👦b 👍🏽 🇩🇪 🏴‍☠️'} />
      <Txt y={30} fontFamily={family} fontSize={28} opacity={0.5} fill={'black'} text={'half ❤️ 5️⃣ 🎉'} />
      <Txt y={68} fontFamily={family} width={200} textWrap fontSize={18} fill={'black'} text={'words 🐙 and 🪐 pictures 🧩 that wrap 🥨'} />
    </>,
  );
});
