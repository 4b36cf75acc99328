import {HTMLImageElement} from './HTMLImageElement';
import {HTMLCanvasElement} from './elements';

/** There is no page: elements can be made, drawn on and drawn, but are shown nowhere. */
export const document = {
  createElement(name: string): HTMLCanvasElement | HTMLImageElement {
    switch (String(name).toLowerCase()) {
      case 'canvas':
        return new HTMLCanvasElement();
      case 'img':
      case 'image':
        return new HTMLImageElement();
      default:
        throw new Error(`\`document.createElement('${name}')\` is not available: there is no page, only canvas and img`);
    }
  },
  createElementNS(_space: string, name: string): HTMLCanvasElement | HTMLImageElement {
    return document.createElement(name);
  },
  // Packages ask whether there is a document, then for what is on the page: nothing is.
  getElementById(): null {
    return null;
  },
  getElementsByTagName(): never[] {
    return [];
  },
  getElementsByClassName(): never[] {
    return [];
  },
  querySelector(): null {
    return null;
  },
  querySelectorAll(): never[] {
    return [];
  },
  hidden: false,
  visibilityState: 'visible',
  readyState: 'complete',
  addEventListener(): void {},
  removeEventListener(): void {},
};
