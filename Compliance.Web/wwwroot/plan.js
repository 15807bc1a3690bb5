// The plan under somebody's hand.

import { drag, put, through } from './drag.js';

export function edit(svg, page) {
  const follow = (thing, at) => {
    put(svg, thing, at);
    if (thing.dataset.move.startsWith('corner:')) svg.querySelector('.outline').setAttribute('points', through(svg.querySelectorAll('[data-move^="corner:"]')));
  };
  drag(svg, page, follow, (event, what, isBare) => {
    if (!isBare || what.startsWith('corner:')) return false;
    if (event.code === 'BracketLeft' || event.code === 'BracketRight') page.invokeMethodAsync('Turned', what, event.code === 'BracketLeft' ? -15 : 15);
    else if (event.code === 'Minus' || event.code === 'Equal') page.invokeMethodAsync('Widened', what, event.code === 'Equal');
    else return false;
    return true;
  });

  // A picture goes past the circuit, as photos do.
  svg.closest('.plan-editor').addEventListener('change', async event => {
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || !input.dataset.plan || !input.files.length) return;
    const file = input.files[0];
    input.value = '';
    try {
      const answer = await fetch(input.dataset.plan, { method: 'PUT', body: file, headers: { 'Content-Type': file.type || 'application/octet-stream' } });
      page.invokeMethodAsync('PictureSent', answer.ok ? null : await answer.text());
    } catch {
      page.invokeMethodAsync('PictureSent', 'api.unreachable');
    }
  });
}
