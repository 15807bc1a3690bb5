// The map of the desk: Leaflet (lib/leaflet, BSD-2-Clause) over districts that are drawn coarsely and lie here (map/almaty.json). It asks no other server, unless an operator configured one for tiles.

let library;
async function leaflet() {
  if (!document.querySelector('link[data-map]')) {
    const sheet = Object.assign(document.createElement('link'), { rel: 'stylesheet', href: './lib/leaflet/leaflet.css' });
    sheet.dataset.map = '';
    document.head.append(sheet);
  }
  library ??= import('./lib/leaflet/leaflet.js').then(() => window.L);
  return library;
}

// Where the streets are; the districts reach into the mountains.
const core = [[43.17, 76.77], [43.34, 77.02]];

const plain = text => Object.assign(document.createElement('span'), { textContent: text }).innerHTML;

export async function open(box, page, { tiles, attribution, districts, zoomIn, zoomOut }) {
  const L = await leaflet(), city = await (await fetch('./map/almaty.json')).json();
  const map = L.map(box, { zoomControl: false, scrollWheelZoom: false, attributionControl: Boolean(tiles), zoomSnap: 0.25, minZoom: 9, maxZoom: 18 });
  L.control.zoom({ zoomInTitle: zoomIn, zoomOutTitle: zoomOut }).addTo(map);
  if (tiles) {
    map.attributionControl.setPrefix(false);
    L.tileLayer(tiles, { attribution: plain(attribution ?? ''), maxZoom: 18 }).addTo(map);
  }
  L.geoJSON(city, { interactive: false, style: { className: 'map-district', weight: 1.5 } }).addTo(map);
  for (const { properties: { district, label: [east, north] } } of city.features) {
    L.marker([north, east], { interactive: false, keyboard: false, icon: L.divIcon({ className: 'map-name', html: plain(districts[district] ?? district), iconSize: [120, 18] }) }).addTo(map);
  }
  map.fitBounds(core);

  const dots = new Map();
  const sized = new ResizeObserver(() => map.invalidateSize());
  sized.observe(box);
  return {
    // Points of { id, name, latitude, longitude, tone, count }; what is gone goes, what stays keeps the focus.
    show(points, chosen) {
      const wanted = new Set(points.map(p => p.id));
      for (const [id, dot] of dots) if (!wanted.has(id)) { dot.remove(); dots.delete(id); }
      for (const { id, name, latitude, longitude, tone, count } of points) {
        let dot = dots.get(id);
        if (!dot) {
          dot = L.marker([latitude, longitude], { icon: L.divIcon({ className: 'map-dot', iconSize: [44, 44] }) }).addTo(map);
          dot.on('click', () => page.invokeMethodAsync('Chosen', id));
          dots.set(id, dot);
        }
        const face = dot.getElement();
        face.className = face.className.replace(/ (bad|others|unclear|chosen)\b/g, '') + ` ${tone}${id === chosen ? ' chosen' : ''}`;
        face.setAttribute('aria-label', face.title = count > 1 ? `${name} · ${count}` : name);
        face.textContent = count > 1 ? count : '';
        dot.setZIndexOffset(id === chosen ? 1000 : 0);
      }
      const here = points.find(p => p.id === chosen);
      if (here && !map.getBounds().pad(-0.1).contains([here.latitude, here.longitude])) map.panTo([here.latitude, here.longitude]);
    },
    close() {
      sized.disconnect();
      map.remove();
    },
  };
}
