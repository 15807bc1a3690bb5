// A button that calls only when it is held: what is pressed by accident is let go before its time. Fingers, mouse and keyboard alike.

const patience = 1500; // milliseconds, as the sentence beside the button says

export function watch(button, page) {
  let timer = 0, sent = false;
  const stop = () => { clearTimeout(timer); timer = 0; button.classList.remove('holding'); };
  const call = async () => {
    stop();
    if (sent) return;
    sent = true;
    try {
      await page.invokeMethodAsync('Call');
    } catch {
      button.parentElement.querySelector('.panic-failed')?.removeAttribute('hidden'); // the line to the portal is gone: the page says so itself
    } finally {
      sent = false;
    }
  };
  const start = () => {
    if (timer || button.disabled) return;
    button.classList.add('holding');
    timer = setTimeout(call, patience);
  };
  const isKey = e => e.code === 'Space' || e.code === 'Enter' || e.code === 'NumpadEnter';
  button.addEventListener('pointerdown', e => { if (e.isPrimary && e.button === 0) start(); });
  for (const name of ['pointerup', 'pointerleave', 'pointercancel', 'blur']) button.addEventListener(name, stop);
  button.addEventListener('contextmenu', e => e.preventDefault()); // a long press on a telephone opens no menu
  button.addEventListener('keydown', e => { if (isKey(e)) { e.preventDefault(); start(); } });
  button.addEventListener('keyup', e => { if (isKey(e)) stop(); });
  document.addEventListener('visibilitychange', stop);
}
