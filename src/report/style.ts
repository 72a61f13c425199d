/** The style sheet of the page, for light and dark screens, phones and A4 paper. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #fff; --text: #1b1f24; --dim: #57606a; --line: #d0d7de; --soft: #f6f8fa; --link: #0b5cad;
  --error: #b42318; --warning: #8a5a00; --info: #35607f; --reserve: #b6bec7; --free: #e9edf1;
  --curve-managed: #0b5cad; --curve-area: #cfe2f5; --curve-standard: #b3541e; --curve-text: #57606a; --curve-grid: #d0d7de; --curve-mark: #1b1f24;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
}
@media (prefers-color-scheme: dark) { :root {
  --page: #14171a; --text: #e6e9ec; --dim: #a3adb7; --line: #3a4149; --soft: #1d2226; --link: #7ab8f5;
  --error: #ff8d80; --warning: #f0bd57; --info: #8dc1e6; --reserve: #5a646e; --free: #2a3137;
  --curve-managed: #7ab8f5; --curve-area: #24415e; --curve-standard: #f0a06a; --curve-text: #a3adb7; --curve-grid: #3a4149; --curve-mark: #e6e9ec;
} }
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 70rem; padding: 1.5rem; background: var(--page); color: var(--text); overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; margin: 0; } h2 { font-size: 1.3rem; margin: 2.5rem 0 .5rem; } h3 { font-size: 1.05rem; margin: 1.75rem 0 .5rem; }
p { margin: .3rem 0; } a { color: var(--link); } code { font-size: .9em; }
a:focus-visible, summary:focus-visible, .scroll:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: .5rem; background: var(--page); padding: .5rem; z-index: 1; }
.place, .note, footer, small { color: var(--dim); } .place { font-family: ui-monospace, Consolas, "DejaVu Sans Mono", monospace; font-size: .85rem; }
nav ul, .summary, .legend, .instances { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: .4rem 1.2rem; }
.summary { margin: .8rem 0; }
.badge { display: inline-block; min-width: 1.7em; padding: 0 .45em; border-radius: 1em; text-align: center; border: 1px solid var(--line); font-weight: 600; }
.badge.error { color: var(--error); border-color: var(--error); } .badge.warning { color: var(--warning); border-color: var(--warning); } .badge.info { color: var(--info); border-color: var(--info); }
details { margin: .8rem 0; border: 1px solid var(--line); border-left: 4px solid var(--line); border-radius: 6px; }
details.error { border-left-color: var(--error); } details.warning { border-left-color: var(--warning); } details.info { border-left-color: var(--info); }
summary { cursor: pointer; padding: .5rem .8rem; font-weight: 600; }
details ul { list-style: none; margin: 0; padding: 0; } details li { padding: .5rem .8rem; border-top: 1px solid var(--line); }
details em { font-style: normal; font-weight: 600; }
.what { display: flex; flex-wrap: wrap; gap: 0 .8rem; align-items: baseline; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(11rem, 1fr)); gap: .6rem; margin: .8rem 0; }
.figures div { background: var(--soft); border-radius: 6px; padding: .5rem .8rem; }
dt { color: var(--dim); font-size: .85rem; } dd { margin: 0; font-size: 1.1rem; font-weight: 600; } dd small { font-size: .8rem; font-weight: 400; }
.pictures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(19rem, 100%), 1fr)); gap: 1rem; align-items: start; }
figure { margin: 0; } .moment { border: 1px solid var(--line); border-radius: 6px; padding: .8rem; break-inside: avoid; }
figcaption { font-size: .85rem; color: var(--dim); } figcaption strong { display: block; font-size: 1rem; color: var(--text); }
.ceiling { border-top: 3px dashed var(--error); margin: .7rem 0 .6rem; font-size: .8rem; color: var(--dim); } .ceiling span { display: block; padding-top: .2rem; }
.instances { gap: .6rem; align-items: end; } .instances.above { margin-top: .6rem; } .above .stack { border-color: var(--error); }
.type { display: block; font-size: .72rem; color: var(--dim); } .instance { width: 5.6rem; }
.stack { display: flex; flex-direction: column; gap: 1px; border: 2px solid var(--text); border-radius: 4px; padding: 1px; overflow: hidden; } .replacement .stack { border-style: dashed; }
.environment { display: flex; align-items: center; justify-content: center; font-size: .75rem; font-weight: 600; line-height: 1; color: #14171a; min-height: 1px; border-radius: 2px; }
.reserve { background: var(--reserve); } .free { background: var(--free); }
.c0 { background: #7cc0f0; } .c1 { background: #f2b24b; } .c2 { background: #54c4a0; } .c3 { background: #f3e65c; }
.c4 { background: #dfa3c6; } .c5 { background: #f2916b; } .c6 { background: #a9b6f5; } .c7 { background: #c7d36b; }
.new { background-image: repeating-linear-gradient(45deg, #ffffff99 0 3px, transparent 3px 7px); }
.legend { margin: .8rem 0; font-size: .85rem; } .legend .environment { display: inline-flex; width: 1.3rem; height: 1.1rem; vertical-align: -2px; margin-right: .2rem; border: 1px solid var(--line); }
.curve { max-width: 42rem; break-inside: avoid; } .curve svg { display: block; width: 100%; height: auto; }
.scroll { overflow-x: auto; } table { border-collapse: collapse; font-size: .9rem; min-width: 100%; overflow-wrap: normal; }
th, td { text-align: left; padding: .35rem .7rem; border-bottom: 1px solid var(--line); font-weight: 400; } thead th { color: var(--dim); } .number { text-align: right; font-variant-numeric: tabular-nums; }
.assumed { padding-left: 1.2rem; font-size: .9rem; } footer { margin-top: 3rem; border-top: 1px solid var(--line); padding-top: .8rem; font-size: .85rem; }
@media (max-width: 40rem) { body { padding: .9rem; } .figures { grid-template-columns: 1fr 1fr; } .instance { width: 4.6rem; } dd { font-size: 1rem; } }
@page { size: A4; margin: 14mm; }
@media print {
  :root {
    --page: #fff; --text: #000; --dim: #444; --line: #bbb; --soft: #f4f4f4; --link: #000; --error: #b42318; --warning: #8a5a00; --info: #35607f; --reserve: #b6bec7; --free: #e9edf1;
    --curve-managed: #0b5cad; --curve-area: #cfe2f5; --curve-standard: #b3541e; --curve-text: #444; --curve-grid: #ccc; --curve-mark: #000;
    font-size: 11px; print-color-adjust: exact; -webkit-print-color-adjust: exact;
  }
  body { padding: 0; max-width: none; } nav, .skip { display: none; } details::details-content { content-visibility: visible; } .scroll { overflow: visible; }
  li, tr, .figures div { break-inside: avoid; } h2, h3 { break-after: avoid; }
}
`;
