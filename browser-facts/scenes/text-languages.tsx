import {Txt} from '@revideo/2d';
import {still} from './shared/still';

export default still('text-languages', view => {
  view.add(
    <>
      <Txt y={-70} fontSize={22} fill={'black'} text={'Größe, façade, piñata, Ærø'} />
      <Txt y={-40} fontSize={22} fill={'black'} text={'Съешь ещё этих мягких'} />
      <Txt y={-10} fontSize={22} fill={'black'} text={'Ξεσκεπάζω την ψυχοφθόρα'} />
      <Txt y={20} fontFamily={'Roboto, "DejaVu Sans"'} fontSize={22} fill={'black'} text={'1234567890 €£¥ ½ © ™ → ∞'} />
      <Txt y={60} width={200} textWrap fontSize={18} fill={'black'} text={'hy-phen-ated-words and/or slashes, (brackets) don’t break “quotes”'} />
    </>,
  );
});
