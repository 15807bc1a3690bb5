// Things ([data-move]) on a drawing under somebody's hand: what is moved follows the finger here, and the page is told where it was put down (shares of width and height, 0 to 1). Nothing is kept here.

const width = 1000, step = 0.01, stride = 0.05, ways = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

// Where a thing is on the sheet: e from the left, f from the top.
export const where = thing => thing.transform.baseVal.consolidate().matrix;

const within = (svg, { x, y }) => ({ x: Math.min(width, Math.max(0, x)), y: Math.min(svg.viewBox.baseVal.height, Math.max(0, y)) });

export function put(svg, thing, to) {
  const { x, y } = within(svg, to);
  thing.setAttribute('transform', `translate(${x} ${y})`);
}

// Points of a line or wall that goes from thing to thing.
export const through = things => [...things].map(where).map(({ e, f }) => `${e},${f}`).join(' ');

// follow(thing, { x, y }): draws the thing there, in units of the sheet, with all that hangs on it. also(event, what, isBare): whether another key was for it; bare is one without Ctrl and Meta.
export function drag(svg, page, follow, also) {
  let held = null;
  const shares = ({ x, y }) => [x / width, y / svg.viewBox.baseVal.height];
  const place = event => within(svg, new DOMPoint(event.clientX, event.clientY).matrixTransform(svg.getScreenCTM().inverse()));

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
    follow(held.thing, held.at);
  });
  const drop = () => {
    if (!held) return;
    const { what, at } = held;
    held = null;
    if (at) page.invokeMethodAsync('Moved', what, ...shares(at)); else page.invokeMethodAsync('Chose', what);
  };
  // A finger that takes something up does not scroll the page: touch-action alone is not heeded on parts of a drawing.
  svg.addEventListener('touchstart', event => { if (event.target.closest('[data-move]')) event.preventDefault(); }, { passive: false });
  svg.addEventListener('pointerup', drop);
  svg.addEventListener('pointercancel', drop);

  svg.addEventListener('keydown', event => {
    const thing = event.target.closest('[data-move]');
    if (!thing || event.altKey) return;
    const what = thing.dataset.move, way = ways[event.code], isBare = !event.ctrlKey && !event.metaKey;
    if (isBare && way) {
      const { e, f } = where(thing), [x, y] = shares({ x: e, y: f }), by = event.shiftKey ? stride : step;
      page.invokeMethodAsync('Moved', what, x + way[0] * by, y + way[1] * by);
    } else if (isBare && (event.code === 'Enter' || event.code === 'Space')) page.invokeMethodAsync('Chose', what);
    else if (isBare && event.code === 'Delete') page.invokeMethodAsync('Removed', what);
    else if (!also(event, what, isBare)) return;
    event.preventDefault();
  });
}
