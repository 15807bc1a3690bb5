// Tells the server which theme the device prefers, so that the first page already comes in it.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const tell = () => { document.cookie = `scheme=${dark.matches ? 'dark' : 'light'};path=/;max-age=31536000;samesite=lax`; };
  const known = /(^|; )scheme=/.test(document.cookie);
  tell();
  dark.addEventListener('change', tell);
  const chosen = document.documentElement.dataset.theme;
  if (!known && dark.matches && chosen === 'light' && document.cookie.includes('scheme=dark')) location.reload();

  // An open account card closes when the eye goes elsewhere.
  document.addEventListener('click', event => {
    document.querySelectorAll('details.account[open]').forEach(card => { if (!card.contains(event.target)) card.open = false; });
    event.target.closest('[popover] a')?.closest('[popover]:popover-open')?.hidePopover(); // the sheet of places has led somewhere
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') document.querySelectorAll('details.account[open]').forEach(card => { card.open = false; });
  });
})();

// Where this device is, in WGS 84 degrees, or why that is not told. Browsers tell secure pages only (https, or the machine itself).
window.whereIsThis = () => new Promise(tell => {
  const not = fault => tell({ latitude: 0, longitude: 0, accuracy: 0, fault });
  if (!navigator.geolocation || !window.isSecureContext) return not('unavailable');
  navigator.geolocation.getCurrentPosition(
    ({ coords }) => tell({ latitude: coords.latitude, longitude: coords.longitude, accuracy: coords.accuracy, fault: null }),
    error => not(error.code === error.PERMISSION_DENIED ? 'denied' : 'unavailable'),
    { enableHighAccuracy: true, timeout: 20000, maximumAge: 60000 });
});

// A photo of an inspection: its SHA-256 is taken here, on the device that took it, before it travels; time and place go with it.
document.addEventListener('change', async event => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset.photos || !input.files.length) return;
  const file = input.files[0], label = input.closest('label');
  label.dataset.state = 'sending';
  try {
    const bytes = await file.arrayBuffer();
    const hash = [...new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))].map(b => b.toString(16).padStart(2, '0')).join('');
    const place = await Promise.race([window.whereIsThis(), new Promise(tell => setTimeout(() => tell({ fault: 'slow' }), 4000))]);
    const query = new URLSearchParams({
      ruleId: input.dataset.rule, sha256: hash, takenAt: new Date(Math.min(file.lastModified || Date.now(), Date.now())).toISOString(),
      device: navigator.userAgent.slice(0, 200),
    });
    if (!place.fault) { query.set('latitude', place.latitude); query.set('longitude', place.longitude); }
    const answer = await fetch(`${input.dataset.photos}/${crypto.randomUUID()}?${query}`, { method: 'PUT', body: bytes, headers: { 'Content-Type': file.type || 'image/jpeg' } });
    label.dataset.state = answer.ok ? 'sent' : 'failed';
  } catch {
    label.dataset.state = 'failed';
  }
  input.value = '';
});

// A document takes seconds to print: meanwhile the page says so, and a second press does not print it twice. The answer brings a cookie
// with the mark that the question had, whatever it is: a file, a page, or the way back with a reason.
(() => {
  const longest = 90000, every = 300, under = new Set();
  const tell = () => {
    const note = document.getElementById('preparing');
    if (note) note.textContent = under.size ? note.dataset.said : '';
  };
  const hold = pressed => {
    const mark = crypto.getRandomValues(new Uint32Array(2)).join('-'), end = Date.now() + longest;
    pressed.setAttribute('aria-disabled', 'true');
    under.add(mark);
    tell();
    const look = setInterval(() => {
      if (!document.cookie.includes(`paper-${mark}=`) && Date.now() < end) return;
      clearInterval(look);
      pressed.removeAttribute('aria-disabled');
      under.delete(mark);
      tell();
    }, every);
    return mark;
  };
  const isPaper = address => { const to = new URL(address, location.href); return to.origin === location.origin && to.pathname.endsWith('.pdf'); };
  const isHeld = pressed => pressed.getAttribute('aria-disabled') === 'true';

  document.addEventListener('click', event => {
    const link = event.target.closest('a[href]');
    if (!link || !isPaper(link.href)) return;
    if (isHeld(link)) return event.preventDefault();
    const address = new URL(link.href);
    address.searchParams.set('ready', hold(link));
    link.href = address.href;
  });
  document.addEventListener('submit', event => {
    const form = event.target;
    if (form.method !== 'get' || !isPaper(form.action)) return;
    if (isHeld(form)) return event.preventDefault();
    const field = form.querySelector('input[name=ready]') ?? form.appendChild(Object.assign(document.createElement('input'), { type: 'hidden', name: 'ready' }));
    field.value = hold(form);
  });

  // A period is checked before a tab opens for it; the sentences are the page's, in the reader's language.
  const judge = form => {
    const { from, to } = form.elements;
    if (!from?.dataset.future || !to?.dataset.backward) return;
    for (const day of [from, to]) day.setCustomValidity(!day.value ? day.dataset.missing : day.value > day.max ? day.dataset.future : '');
    if (to.validity.customError || from.validity.customError) return;
    const days = (Date.parse(to.value) - Date.parse(from.value)) / 86400000;
    to.setCustomValidity(days < 0 ? to.dataset.backward : days >= Number(to.dataset.most) ? to.dataset.long : '');
  };
  for (const kind of ['input', 'change']) document.addEventListener(kind, event => { if (event.target.form) judge(event.target.form); });
})();

// A desk's keys press its buttons: what has a key has a button, and what cannot be pressed now has no key. Keys are told by their place on
// the keyboard, so that they are the same whatever language it writes in.
document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const at = event.target instanceof Element ? event.target : document.body;
  if (at.closest('.mud-dialog')) return;
  if (at.closest('input, textarea, select')) { if (event.key === 'Escape') at.blur(); return; }
  const code = event.code === 'Slash' && event.shiftKey ? 'Question' : event.code.replace('Numpad', 'Digit');
  if (code === 'Space' && at.closest('button, a, summary, video')) return;
  // While a question is open only its own keys and Escape do anything: whoever types an answer a moment too early confirms nothing by it.
  const key = `[data-key="${CSS.escape(code)}"]:not([disabled])`, asks = document.querySelector('.choice-panel') ? '.choice-panel ' : '';
  const wanted = document.querySelector(asks + key);
  if (!wanted) return;
  event.preventDefault();
  if (wanted instanceof HTMLInputElement) wanted.focus(); else wanted.click();
});
// A button pressed with the mouse gives the keys back.
document.addEventListener('pointerup', event => { if (event.target.closest?.('[data-key], .queue-row')) setTimeout(() => document.activeElement?.blur()); });

// A recording travels in pieces and goes on where it broke off, also after the page was closed: the same file at the same place is the same upload.
document.addEventListener('change', async event => {
  const input = event.target;
  if (!(input instanceof HTMLInputElement) || !input.dataset.footage || !input.files.length) return;
  const piece = 8 << 20, tries = 5, file = input.files[0], said = input.parentElement.querySelector('output');
  const mark = `footage:${input.dataset.footage}:${input.dataset.device}:${file.name}:${file.size}:${file.lastModified}`;
  const id = localStorage.getItem(mark) ?? crypto.randomUUID();
  const ask = async (path, options) => {
    const answer = await fetch(`${input.dataset.footage}/${id}${path}`, { method: 'PUT', ...options });
    if (!answer.ok) throw new Error(answer.status === 409 ? await answer.text() : `${answer.status}`);
    return (await answer.json()).received;
  };
  const announce = () => ask(`?device=${input.dataset.device}&bytes=${file.size}`, {});
  input.disabled = true;
  localStorage.setItem(mark, id);
  try {
    let at = await announce();
    for (let failed = 0; at < file.size;) {
      said.textContent = `${input.dataset.going} ${Math.floor(at / file.size * 100)} %`;
      const end = Math.min(at + piece, file.size);
      try {
        at = await ask('/bytes', { body: file.slice(at, end), headers: { 'Content-Range': `bytes ${at}-${end - 1}/${file.size}` } });
        failed = 0;
      } catch (fault) {
        if (++failed > tries) throw fault;
        await new Promise(go => setTimeout(go, 1000 * failed));
        at = await announce();
      }
    }
    localStorage.removeItem(mark);
    said.textContent = input.dataset.done;
  } catch (fault) {
    if (/footage\.file-(removed|erased)/.test(fault.message)) localStorage.removeItem(mark); // chosen again, it is another upload
    said.textContent = input.dataset.failed;
  }
  input.disabled = false;
  input.value = '';
});
