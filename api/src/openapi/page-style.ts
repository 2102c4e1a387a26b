// The style of the reference page. It stands in the page, allowed by its digest in the page's policy, so that the page
// is one file without a script, a font or a request to anybody.

/** The style sheet. */
export const PAGE_STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#59636e;--line:#d8dee4;--paper:#fff;--wash:#f6f8fa;--accent:#0b5cad;
--get:#0b5cad;--post:#1a7f37;--put:#8a5a00;--patch:#6639ba;--delete:#b3261e}
@media (prefers-color-scheme:dark){:root{--ink:#e6edf3;--soft:#9da7b1;--line:#30363d;--paper:#0f1318;--wash:#171c23;--accent:#6cb2ff;
--get:#6cb2ff;--post:#56d364;--put:#e3b341;--patch:#c297ff;--delete:#ff8a80}}
*{box-sizing:border-box}
html{scroll-padding-top:1rem}
@media (prefers-reduced-motion:no-preference){html{scroll-behavior:smooth}}
body{margin:0;color:var(--ink);background:var(--paper);font:16px/1.55 system-ui,sans-serif;overflow-wrap:anywhere}
a{color:var(--accent);text-underline-offset:2px}
:focus-visible{outline:2px solid var(--accent);outline-offset:2px}
code{font:0.875em/1.5 ui-monospace,SFMono-Regular,Menlo,monospace}
h1,h2,h3{line-height:1.25;margin:0}
h1{font-size:1.75rem}h2{font-size:1.375rem;padding-top:2.5rem}h3{font-size:1rem;font-weight:600}
.layout{display:grid;grid-template-columns:19rem minmax(0,1fr);max-width:80rem;margin:0 auto}
nav{position:sticky;top:0;align-self:start;height:100vh;overflow:auto;padding:1.5rem 1rem;border-right:1px solid var(--line);font-size:.875rem}
nav summary{font-weight:600;font-size:1rem;cursor:pointer;padding:.25rem .5rem}
nav h2{font-size:.75rem;letter-spacing:.04em;text-transform:uppercase;color:var(--soft);padding:1rem .5rem .25rem}
nav ul{list-style:none;margin:0;padding:0}
nav li a{display:block;padding:.3rem .5rem;border-radius:.375rem;color:inherit;text-decoration:none}
nav li a:hover{background:var(--wash)}
main{padding:2rem 2.5rem 5rem;min-width:0}
main>p,article>p,section>p{max-width:44rem}
.soft{color:var(--soft)}
article{border:1px solid var(--line);border-radius:.625rem;margin-top:1rem;background:var(--paper)}
article>header{padding:1rem 1.25rem}
article>header p{margin:.5rem 0 0;max-width:44rem}
.line{display:flex;gap:.75rem;align-items:baseline;flex-wrap:wrap}
.line a{color:inherit;text-decoration:none}
.method{font:600 .8125rem/1 ui-monospace,SFMono-Regular,Menlo,monospace;min-width:3.75rem}
.get{color:var(--get)}.post{color:var(--post)}.put{color:var(--put)}.patch{color:var(--patch)}.delete{color:var(--delete)}
.who{font-size:.8125rem;color:var(--soft);margin-top:.5rem}
article details{border-top:1px solid var(--line)}
article summary{padding:.625rem 1.25rem;cursor:pointer;font-size:.875rem;font-weight:600}
article summary:hover{background:var(--wash)}
article details>div{padding:.25rem 1.25rem 1rem}
.fields{margin:.25rem 0 0;font-size:.875rem}
.fields>div{display:grid;grid-template-columns:minmax(9rem,14rem) minmax(0,1fr);gap:.25rem 1rem;padding:.5rem 0;border-top:1px solid var(--line)}
.fields>div:first-child{border-top:0}
.fields dt code{font-weight:600;font-size:.8125rem}
.fields b{font-size:.75rem;font-weight:600;color:var(--delete)}.fields i{font-size:.75rem;font-style:normal;color:var(--soft)}
.fields dd{margin:0}.fields p{margin:.25rem 0 0;color:var(--soft)}
.fields .fields{margin-top:.5rem;padding-left:.75rem;border-left:2px solid var(--line)}
.note{color:var(--soft);white-space:normal;margin-right:.375rem}
.status{font:600 .875rem/1 ui-monospace,SFMono-Regular,Menlo,monospace}
table{border-collapse:collapse;font-size:.875rem;width:100%}
th,td{text-align:left;vertical-align:top;padding:.375rem 1rem .375rem 0;border-top:1px solid var(--line)}
@media (max-width:56rem){.layout{display:block}
nav{position:static;height:auto;max-height:13rem;border-right:0;border-bottom:1px solid var(--line);padding:.75rem 1rem}
main{padding:1.25rem 1rem 4rem}
.fields>div{grid-template-columns:1fr}
nav li a{padding:.5rem}}
`;
