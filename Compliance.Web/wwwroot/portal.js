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
