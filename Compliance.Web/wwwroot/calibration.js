// A camera's view under somebody's hand.

import { drag, put, through, where } from './drag.js';

export function edit(svg, page) {
  // The line of a person and the wall of a floor go where their ends go; a foot takes its head along.
  const follow = (thing, at) => {
    const what = thing.dataset.move, before = where(thing), shape = what.slice(0, what.lastIndexOf(':'));
    if (what.endsWith(':foot')) {
      const head = svg.querySelector(`[data-move="${shape}:head"]`), { e, f } = where(head);
      put(svg, head, { x: e + at.x - before.e, y: f + at.y - before.f });
    }
    put(svg, thing, at);
    svg.querySelector(`[data-shape="${shape}"]`).setAttribute('points', through(svg.querySelectorAll(`[data-move^="${shape}:"]`)));
  };
  drag(svg, page, follow, (event, what, isBare) => {
    if (isBare || event.code !== 'KeyZ') return false;
    page.invokeMethodAsync('Undone');
    return true;
  });
}
