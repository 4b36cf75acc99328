import {SVG, type Node} from '@revideo/2d';
import {still} from './shared/still';

export default still('svg-paths', view => {
  const pictures: Node[] = [
    <SVG x={-80} width={130} svg={'<svg viewBox="0 0 24 24"><path fill="#e63946" d="M12 21L3 12 a6 6 0 0 1 9 -6 a6 6 0 0 1 9 6 Z"/></svg>'} />,
    <SVG x={80} height={120} svg={'<svg viewBox="0 0 60 60"><g fill="none" stroke="#1d3557" stroke-width="4" stroke-linecap="round" stroke-linejoin="bevel"><path d="M10 50 l20 -30 l20 30 h-10 v-8 z"/><polyline points="5,5 30,20 55,5" stroke-dasharray="6 4"/></g><circle cx="30" cy="35" r="6" fill="gold" opacity="0.5"/></svg>'} />,
  ];
  // The reference makes new nodes only while the scene runs, not while it draws.
  pictures.forEach(picture => picture.children()[0].children());
  view.add(pictures);
});
