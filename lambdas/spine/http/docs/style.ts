/** The page's own style: nothing of it comes from elsewhere. Colours keep a contrast of 4.5 : 1 (WCAG 2.2, AA) in both schemes. */
export const style = `
:root { color-scheme: light dark; --ink: light-dark(#1c2330, #e6eaf2); --quiet: light-dark(#556075, #a3adc0);
  --paper: light-dark(#ffffff, #12161f); --panel: light-dark(#f4f6fa, #1a202c); --line: light-dark(#d8dee9, #2e3747);
  --link: light-dark(#1a56b0, #8ab8ff); --get: light-dark(#1d6b3f, #6fd79b); --post: light-dark(#8a4b00, #f0b35e); }
* { box-sizing: border-box; }
html { scroll-behavior: smooth; scroll-padding-top: 1rem; }
@media (prefers-reduced-motion: reduce) { html { scroll-behavior: auto; } }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; }
.skip { position: absolute; left: -99rem; } .skip:focus { left: 1rem; top: 1rem; background: var(--paper); padding: .5rem 1rem; }
a { color: var(--link); } a:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
code, pre { font: .875em/1.5 ui-monospace, monospace; overflow-wrap: anywhere; }
pre { background: var(--panel); border: 1px solid var(--line); border-radius: .5rem; padding: .75rem 1rem; overflow-x: auto; }
.page { display: grid; grid-template-columns: 17rem minmax(0, 1fr); max-width: 88rem; margin: 0 auto; }
nav { position: sticky; top: 0; height: 100vh; overflow-y: auto; padding: 1.5rem 1rem; border-right: 1px solid var(--line); background: var(--panel); }
nav h2 { font-size: .8rem; letter-spacing: .06em; text-transform: uppercase; color: var(--quiet); margin: 1.25rem 0 .25rem; }
nav ul { list-style: none; margin: 0; padding: 0; } nav li a { display: block; padding: .2rem 0; text-decoration: none; font-size: .875rem; }
nav li a:hover { text-decoration: underline; }
main { padding: 1.5rem clamp(1rem, 4vw, 3.5rem) 6rem; }
h1 { font-size: 2rem; margin: 0 0 .25rem; } h2 { margin: 3rem 0 .5rem; padding-bottom: .25rem; border-bottom: 2px solid var(--line); }
h3 { margin: 2.5rem 0 .25rem; font-size: 1.1rem; overflow-wrap: anywhere; } h4 { margin: 1.25rem 0 .4rem; font-size: .9rem; color: var(--quiet); }
.summary { margin: .25rem 0 .75rem; } .audience { color: var(--quiet); }
.method { font: 700 .75rem/1 ui-monospace, monospace; padding: .2rem .4rem; border: 1px solid currentColor; border-radius: .3rem; }
.get { color: var(--get); } .post { color: var(--post); }
nav .method { border: 0; padding: 0 .25rem 0 0; font-size: .65rem; }
table { width: 100%; border-collapse: collapse; font-size: .9rem; }
th, td { text-align: left; vertical-align: top; padding: .4rem .6rem .4rem 0; border-bottom: 1px solid var(--line); font-weight: 400; }
thead th { color: var(--quiet); font-size: .8rem; } td table { margin-top: .4rem; }
small, .bound { color: var(--quiet); font-size: .85em; } .bound { margin-left: .5em; }
.pattern { color: var(--quiet); }
@media (max-width: 52rem) { .page { display: block; } nav { position: static; height: auto; border-right: 0; border-bottom: 1px solid var(--line); }
  table, tbody, tr, td, tbody th { display: block; } thead { display: none; } }
@media print { nav { display: none; } .page { display: block; } }
`;
