// A camera's view under somebody's hand: what is moved follows the finger here with all that hangs on it, and the page is told where it was put down. Nothing is kept here.

const width = 1000, step = 0.01, stride = 0.05;

export function edit(svg, page) {
  let held = null;
  const size = () => svg.viewBox.baseVal;
  const within = (value, most) => Math.min(most, Math.max(0, value));
  const where = thing => thing.transform.baseVal.consolidate().matrix;
  const put = (thing, x, y) => thing.setAttribute('transform', `translate(${within(x, width)} ${within(y, size().height)})`);
  const place = event => {
    const at = new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse());
    return { x: within(at.x, width), y: within(at.y, size().height) };
  };

  // The line of a person and the wall of a floor go where their ends go; a foot takes its head along.
  const move = (thing, x, y) => {
    const what = thing.dataset.move, before = where(thing), shape = what.slice(0, what.lastIndexOf(':'));
    if (what.endsWith(':foot')) {
      const head = svg.querySelector(`[data-move="${shape}:head"]`), { e, f } = where(head);
      put(head, e + x - before.e, f + y - before.f);
    }
    put(thing, x, y);
    const ends = [...svg.querySelectorAll(`[data-move^="${shape}:"]`)].map(where).map(({ e, f }) => `${e},${f}`).join(' ');
    svg.querySelector(`[data-shape="${shape}"]`).setAttribute('points', ends);
  };

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
    move(held.thing, held.at.x, held.at.y);
  });
  const drop = () => {
    if (!held) return;
    const { what, at } = held;
    held = null;
    if (at) page.invokeMethodAsync('Moved', what, at.x / width, at.y / size().height); else page.invokeMethodAsync('Chose', what);
  };
  // A finger that takes something up does not scroll the page: touch-action alone is not heeded on parts of a drawing.
  svg.addEventListener('touchstart', event => { if (event.target.closest('[data-move]')) event.preventDefault(); }, { passive: false });
  svg.addEventListener('pointerup', drop);
  svg.addEventListener('pointercancel', drop);

  const ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
  svg.addEventListener('keydown', event => {
    const thing = event.target.closest('[data-move]');
    if (!thing || event.altKey) return;
    const what = thing.dataset.move, way = ways[event.code];
    if (event.ctrlKey || event.metaKey) {
      if (event.code !== 'KeyZ') return;
      page.invokeMethodAsync('Undone');
    } else if (way) {
      const { e, f } = where(thing), by = event.shiftKey ? stride : step;
      page.invokeMethodAsync('Moved', what, e / width + way[0] * by, f / size().height + way[1] * by);
    } else if (event.code === 'Enter' || event.code === 'Space') page.invokeMethodAsync('Chose', what);
    else if (event.code === 'Delete') page.invokeMethodAsync('Removed', what);
    else return;
    event.preventDefault();
  });
}
