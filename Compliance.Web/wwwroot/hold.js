// A button that calls only when it is held: what is pressed by accident is let go before its time. Fingers, mouse and keyboard alike.
// That it calls, and that no answer came, the page says itself: where the line to the portal is gone, nobody else does.

// held, answered: milliseconds; the first as the sentence beside the button says. Returns what is called when the page is left.
export function watch(button, page, held = 1500, answered = 8000) {
  const left = new AbortController(), lost = button.parentElement.querySelector('.panic-lost');
  let timer = 0, calling = false;
  const stop = () => { clearTimeout(timer); timer = 0; button.classList.remove('holding'); };
  const call = async () => {
    stop();
    if (calling) return;
    calling = true;
    lost.hidden = true;
    button.classList.add('calling');
    let patience;
    const late = new Promise((_, no) => { patience = setTimeout(no, answered); });
    const answer = (async () => page.invokeMethodAsync('Call'))();
    try {
      await Promise.race([answer, late]);
    } catch {
      lost.hidden = false;
      answer.then(() => { lost.hidden = true; }, () => { }); // it came after all: what the portal says of it stands there
    } finally {
      clearTimeout(patience);
      button.classList.remove('calling');
      calling = false;
    }
  };
  const start = () => {
    if (timer || calling) return;
    button.classList.add('holding');
    timer = setTimeout(call, held);
  };
  const isKey = e => e.code === 'Space' || e.code === 'Enter' || e.code === 'NumpadEnter';
  const on = (what, name, act) => what.addEventListener(name, act, { signal: left.signal });
  on(button, 'pointerdown', e => { if (e.isPrimary && e.button === 0) start(); });
  for (const name of ['pointerup', 'pointerleave', 'pointercancel', 'blur']) on(button, name, stop);
  on(button, 'contextmenu', e => e.preventDefault()); // a long press on a telephone opens no menu
  on(button, 'keydown', e => {
    if (!isKey(e)) return;
    e.preventDefault();
    if (!e.repeat) start(); // a key that stays down after it called calls once
  });
  on(button, 'keyup', e => { if (isKey(e)) stop(); });
  on(document, 'visibilitychange', stop);
  return { leave() { stop(); left.abort(); } };
}
