() => {
  const faults = [];
  const tell = (what, element) => faults.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  const seen = (e) => e.checkVisibility({visibilityProperty: true}) && !e.closest('.hidden, .skip, dialog:not([open]), [aria-hidden=true]');
  const name = (e) => (e.getAttribute('aria-label') || (e.labels && [...e.labels].map(l => l.textContent).join(' ')) ||
    document.getElementById(e.getAttribute('aria-labelledby'))?.textContent || e.textContent || e.title || '').trim();
  const channel = (v) => { v /= 255; return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4; };
  const parse = (c) => { const n = c.match(/[\d.]+/g).map(Number); return c.startsWith('color(srgb') ? [n[0]*255, n[1]*255, n[2]*255, n[3] ?? 1] : [n[0], n[1], n[2], n[3] ?? 1]; };
  const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
  const ground = (e) => { for (let n = e; n; n = n.parentElement) { const c = parse(getComputedStyle(n).backgroundColor); if (c[3] > 0.99) return c; } return [255, 255, 255, 1]; };
  if (!document.documentElement.lang) faults.push('no language');
  if (!document.title.trim()) faults.push('no title');
  if (document.querySelectorAll('main').length !== 1) faults.push('not one main');
  if (document.querySelectorAll('h1').length > 1) faults.push('several h1');
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  for (const id of new Set(ids)) if (ids.filter(i => i === id).length > 1) faults.push(`id twice: ${id}`);
  for (const e of document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, [role=region], [role=img], [role=group]'))
    if (seen(e) && !name(e)) tell('no name', e);
  for (const e of document.querySelectorAll('[tabindex]')) if (Number(e.getAttribute('tabindex')) > 0) tell('tab order forced', e);
  for (const e of document.querySelectorAll('[style]')) tell('inline style', e);
  for (const e of document.querySelectorAll('th:not([scope])')) tell('th without scope', e);
  for (const e of document.querySelectorAll('button, input:not([type=hidden]), select, summary, .button, nav a')) {
    const box = e.getBoundingClientRect();
    if (seen(e) && box.width && (box.width < 23.5 || box.height < 23.5) && !(e.type === 'checkbox' && e.closest('label, td, th'))) tell(`target ${box.width.toFixed()}x${box.height.toFixed()}`, e);
  }
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const e = node.parentElement;
    if (!node.data.trim() || !seen(e) || e.closest('svg, script, .told, option') || !e.getClientRects().length) continue;
    const style = getComputedStyle(e), size = parseFloat(style.fontSize), large = size >= 24 || (size >= 18.66 && style.fontWeight >= 700);
    const ink = parse(style.color), paper = ground(e), [a, b] = [light(ink), light(paper)].sort((x, y) => y - x);
    const ratio = (a + 0.05) / (b + 0.05);
    if (ratio < (large ? 3 : 4.5)) tell(`contrast ${ratio.toFixed(2)} ${style.color} on ${paper}`, e);
  }
  return [...new Set(faults)];
}
