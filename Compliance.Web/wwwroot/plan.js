// The plan under somebody's hand: what is moved follows the finger here, and the page is told where it was put down. The page draws; nothing is kept here.

const width = 1000, step = 0.01, stride = 0.05;

export function edit(svg, page) {
  let held = null;
  const size = () => svg.viewBox.baseVal;
  const place = event => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()), { height } = size();
    return { x: Math.min(width, Math.max(0, at.x)) / width, y: Math.min(height, Math.max(0, at.y)) / height };
  };
  const wall = () => svg.querySelector('.outline').setAttribute('points', [...svg.querySelectorAll('[data-move^="corner:"]')]
    .map(corner => corner.transform.baseVal.consolidate().matrix).map(({ e, f }) => `${e},${f}`).join(' '));

  svg.addEventListener('pointerdown', event => {
    const thing = event.target.closest('[data-move]');
    if (!thing || event.button > 0) return;
    event.preventDefault();
    svg.setPointerCapture(event.pointerId);
    thing.focus({ preventScroll: true });
    held = { thing, what: thing.dataset.move, at: null };
  });
  svg.addEventListener('pointermove', event => {
    if (!held) return;
    held.at = place(event);
    held.thing.setAttribute('transform', `translate(${held.at.x * width} ${held.at.y * size().height})`);
    if (held.what.startsWith('corner:')) wall();
  });
  const drop = () => {
    if (!held) return;
    const { what, at } = held;
    held = null;
    if (at) page.invokeMethodAsync('Moved', what, at.x, at.y); else page.invokeMethodAsync('Chose', what);
  };
  // A finger that takes something up does not scroll the page: touch-action alone is not heeded on parts of a drawing.
  svg.addEventListener('touchstart', event => { if (event.target.closest('[data-move]')) event.preventDefault(); }, { passive: false });
  svg.addEventListener('pointerup', drop);
  svg.addEventListener('pointercancel', drop);

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  svg.addEventListener('keydown', event => {
    const thing = event.target.closest('[data-move]');
    if (!thing || event.ctrlKey || event.metaKey || event.altKey) return;
    const what = thing.dataset.move, isDevice = !what.startsWith('corner:'), way = ways[event.code];
    if (way) {
      const { e, f } = thing.transform.baseVal.consolidate().matrix, by = event.shiftKey ? stride : step;
      page.invokeMethodAsync('Moved', what, e / width + way[0] * by, f / size().height + way[1] * by);
    } else if (event.code === 'Enter' || event.code === 'Space') page.invokeMethodAsync('Chose', what);
    else if (event.code === 'Delete') page.invokeMethodAsync('Removed', what);
    else if (isDevice && (event.code === 'BracketLeft' || event.code === 'BracketRight')) page.invokeMethodAsync('Turned', what, event.code === 'BracketLeft' ? -15 : 15);
    else if (isDevice && (event.code === 'Minus' || event.code === 'Equal')) page.invokeMethodAsync('Widened', what, event.code === 'Equal');
    else return;
    event.preventDefault();
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
