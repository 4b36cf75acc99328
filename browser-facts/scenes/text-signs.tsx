import {Txt} from '@revideo/2d';
import {still} from './shared/still';

/** Characters that are signs unless told to be pictures. */
export default still('text-signs', view => {
  const family = 'Roboto, "DejaVu Sans", "Noto Color Emoji"';
  view.add(
    <>
      <Txt y={-50} fontFamily={family} fontSize={36} fill={'black'} text={'❤ ☺ ✔ ▶ ☎ ©'} />
      <Txt y={0} fontFamily={family} fontSize={36} fill={'teal'} text={'☺\uFE0E ☀\uFE0E ⚠\uFE0E'} />
      <Txt y={50} fontFamily={family} fontSize={36} fontWeight={700} fill={'black'} text={'→ ≤ ∞ ★ Ἀθῆναι'} />
    </>,
  );
});
