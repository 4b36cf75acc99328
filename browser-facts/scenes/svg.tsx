import {SVG, type Node} from '@revideo/2d';
import {still} from './shared/still';

const badge = `<svg viewBox="0 0 100 60" xmlns="http://www.w3.org/2000/svg">
  <rect x="2" y="2" width="96" height="56" rx="10" ry="10" fill="#457b9d" stroke="#1d3557" stroke-width="4"/>
  <g transform="translate(30 30) rotate(20)" fill="#e63946">
    <circle r="14"/>
    <path d="M -6 0 L 6 -6 L 6 6 Z" fill="white"/>
  </g>
  <ellipse cx="70" cy="30" rx="18" ry="8" fill="none" stroke="gold" stroke-width="3"/>
  <line x1="52" y1="48" x2="88" y2="48" stroke="white" stroke-width="2"/>
  <polygon points="60,10 66,20 54,20" fill="currentColor"/>
</svg>`;

export default still('svg', view => {
  const pictures: Node[] = [
    <SVG x={-70} svg={badge} width={150} fill={'lime'} />,
    <SVG x={85} y={-30} svg={badge} height={50} rotation={15} />,
  ];
  // The reference makes new nodes only while the scene runs, not while it draws.
  pictures.forEach(picture => picture.children()[0].children());
  view.add(pictures);
});
