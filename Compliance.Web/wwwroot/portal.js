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
  });
  document.addEventListener('keydown', event => {
    if (event.key === 'Escape') document.querySelectorAll('details.account[open]').forEach(card => { card.open = false; });
  });
})();
