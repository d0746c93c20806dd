// Made from page/ by build/page-assets.mjs. Edit those files, then run `npm run build`.
export const STYLE = `:root{color-scheme:light dark;--paper: #fbfaf7;--card: #fff;--ink: #1c1b1a;--soft: #5b5852;--line: #e2ded5;
--accent: #0b5c8a;--mark: #fff3c4;--safe: #14633b;--safe-bg: #dff3e6;--degrades: #7a4a00;--degrades-bg:
#fdeccb;--breaks: #9c1c1c;--breaks-bg: #fbe0dd;--k0: #2563a8;--k1: #c2571a;--k2: #6b4ea3;--k3: #b03a6f;
--k4: #1d7a72;--k5: #a88214;--k6: #6c7378;--k7: #3f8a3a;--k8: #8a5a3b;--k9: #8f9499;--mono: ui-monospace,
SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace}@media(prefers-color-scheme:dark){:root{
--paper: #15161a;--card: #1d1f25;--ink: #eceae4;--soft: #aaa79f;--line: #34363e;--accent: #7cc4f0;--mark:
#4a3f12;--safe: #8fdcae;--safe-bg: #123623;--degrades: #f3c46d;--degrades-bg: #3d2c0b;--breaks: #ff9d94;
--breaks-bg: #46191a;--k0: #6aa5e8;--k1: #ec9256;--k2: #b196e6;--k3: #e889b3;--k4: #5cc0b6;--k5: #dcbc55;
--k6: #9aa2a8;--k7: #83c97d;--k8: #cf9d7b;--k9: #a9aeb3}}*{box-sizing:border-box}html{scroll-padding-top:1rem;
-webkit-text-size-adjust:100%}body{margin:0;background:var(--paper);color:var(--ink);font:1rem/1.55 system-ui,-apple-system,Segoe
UI,Roboto,Helvetica Neue,sans-serif}main,footer,.trail{max-width:76rem;margin:0 auto;padding:0 1.5rem}
main{padding-top:2.5rem;padding-bottom:3rem}main:focus{outline:none}.trail{padding-top:1.2rem;font-size:.92rem}
.trail a+a:before{content:"/";color:var(--soft);padding:0 .5rem;display:inline-block}footer{color:var(--soft);
font-size:.88rem;border-top:1px solid var(--line);padding-top:1rem;padding-bottom:2.5rem}h1{font-size:clamp(1.7rem,4.5vw,2.6rem);
line-height:1.12;letter-spacing:-.022em;margin:0 0 .5rem;overflow-wrap:anywhere;font-weight:680}h1 small{
font-weight:400;color:var(--soft);letter-spacing:-.01em;font-size:.72em}h2{font-size:1.35rem;letter-spacing:-.012em;
margin:3.2rem 0 .3rem}h2 small{font-weight:400;color:var(--soft);font-size:.72em;margin-left:.35rem}
h3{font-size:1rem;margin:1.4rem 0 .3rem}p{margin:.3rem 0 .9rem;max-width:46rem}.soft,.about{color:var(--soft)}
th .soft{font-weight:400;font-size:.85rem;overflow-wrap:anywhere}.about{overflow-wrap:anywhere;margin-bottom:1rem}
a{color:var(--accent);text-underline-offset:.18em;text-decoration-thickness:.06em}:focus-visible{outline:3px
solid var(--accent);outline-offset:2px;border-radius:3px}code,.mono{font-family:var(--mono);font-size:.86em;
overflow-wrap:anywhere}.skip{position:absolute;left:-99rem}.skip:focus{left:1rem;top:1rem;background:var(--card);
padding:.5rem 1rem;z-index:9}.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(8.2rem,1fr));
gap:.8rem;margin:1.6rem 0 0;padding:0;list-style:none}.tiles li{background:var(--card);border:1px solid
var(--line);border-radius:.7rem;padding:.85rem 1rem}.tiles b{display:block;font-size:1.9rem;line-height:1.1;
letter-spacing:-.03em;font-variant-numeric:tabular-nums;font-weight:640}.tiles span{color:var(--soft);
font-size:.88rem}.toc{display:flex;flex-wrap:wrap;gap:.3rem 1.1rem;margin:1.5rem 0 0;padding:.7rem 0;
border-block:1px solid var(--line);font-size:.93rem}.scroll{overflow-x:auto;border:1px solid var(--line);
border-radius:.7rem;background:var(--card)}.scroll svg{display:block;min-width:46rem;width:100%;height:auto}
svg text{fill:var(--ink);font-family:inherit;font-size:12.5px}svg .num{fill:var(--soft);font-size:11px}
svg .axis{stroke:var(--line)}.flow text{paint-order:stroke;stroke:var(--card);stroke-width:3px;stroke-linejoin:round}
.flow path{fill:none;stroke-opacity:.36}.flow path:hover{stroke-opacity:.75}.flow rect{stroke:none}.flow
.root{fill:var(--ink)}.f0{fill:var(--k0)}.f1{fill:var(--k1)}.f2{fill:var(--k2)}.f3{fill:var(--k3)}.f4{
fill:var(--k4)}.f5{fill:var(--k5)}.f6{fill:var(--k6)}.f7{fill:var(--k7)}.f8{fill:var(--k8)}.f9{fill:var(--k9)}
.s0{stroke:var(--k0)}.s1{stroke:var(--k1)}.s2{stroke:var(--k2)}.s3{stroke:var(--k3)}.s4{stroke:var(--k4)}
.s5{stroke:var(--k5)}.s6{stroke:var(--k6)}.s7{stroke:var(--k7)}.s8{stroke:var(--k8)}.s9{stroke:var(--k9)}
.dot{display:inline-block;width:.7em;height:.7em;border-radius:50%;margin-right:.45em;vertical-align:-.02em}
.d0{background:var(--k0)}.d1{background:var(--k1)}.d2{background:var(--k2)}.d3{background:var(--k3)}
.d4{background:var(--k4)}.d5{background:var(--k5)}.d6{background:var(--k6)}.d7{background:var(--k7)}
.d8{background:var(--k8)}.d9{background:var(--k9)}table{border-collapse:collapse;width:100%;font-size:.93rem}
caption{text-align:left;color:var(--soft);padding:.6rem .8rem 0;font-size:.88rem}th,td{text-align:left;
vertical-align:top;padding:.5rem .8rem;border-bottom:1px solid var(--line)}tr:last-child>td,tr:last-child>
th{border-bottom:0}thead th{font-size:.8rem;color:var(--soft);font-weight:600;white-space:nowrap;background:var(--card)}
tbody th{font-weight:500}tbody tr:hover{background:color-mix(in srgb,var(--accent) 5%,transparent)}td.n,
th.n{text-align:right;font-variant-numeric:tabular-nums}th button{all:unset;cursor:pointer;font:inherit;
color:inherit}th button:focus-visible{outline:3px solid var(--accent)}th button:after{content:" \\2195";
opacity:.55}th[aria-sort=ascending] button:after{content:" \\2191";opacity:1}th[aria-sort=descending]
button:after{content:" \\2193";opacity:1}.method,#endpoint-table td:first-child{font-family:var(--mono);
font-size:.78rem;font-weight:650}.tag{display:inline-block;border-radius:1rem;padding:.08rem .6rem;font-size:.8rem;
white-space:nowrap;border:1px solid var(--line)}.safe{color:var(--safe);background:var(--safe-bg);border-color:transparent}
.degrades{color:var(--degrades);background:var(--degrades-bg);border-color:transparent}.breaks{color:var(--breaks);
background:var(--breaks-bg);border-color:transparent}summary{cursor:pointer}summary code{word-break:break-all}
summary::marker{color:var(--soft)}var{font-style:normal;color:var(--accent)}.narrow{display:none}p.narrow{
margin:.25rem 0;font-size:.85rem}.integrity{font-size:.82rem;color:var(--soft);max-width:none;margin-top:-.5rem}
.inside{padding:.4rem 0 .6rem 1rem}dl{display:grid;grid-template-columns:minmax(6rem,max-content) 1fr;
gap:.2rem 1rem;margin:.4rem 0 .8rem;font-size:.9rem}dt{color:var(--soft)}dd{margin:0;min-width:0}ol.steps{
margin:.2rem 0 .6rem;padding-left:1.4rem;font-size:.88rem;color:var(--soft)}ol.steps code{color:var(--ink)}
ul.plain{list-style:none;margin:0;padding:0}.controls{display:flex;flex-wrap:wrap;gap:.6rem 1rem;align-items:end;
margin:0 0 .8rem}.controls[hidden]{display:none}.controls label{font-size:.82rem;color:var(--soft);display:grid;
gap:.15rem}.controls input,.controls select{font:inherit;color:inherit;background:var(--card);border:1px
solid var(--soft);border-radius:.45rem;padding:.35rem .6rem;min-width:10rem}.controls output{color:var(--soft);
font-size:.9rem;padding-bottom:.35rem}td details,#event-table td:first-child,.lines{white-space:pre-line;
overflow-wrap:anywhere}td details[open],th details[open],details.lines[open]{font-size:.88rem;color:var(--soft)}
th details{font-weight:400}summary{color:var(--ink);font-family:var(--mono);font-size:.88rem;overflow-wrap:anywhere}
.screen{background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.2rem 1rem .8rem;
margin:1.2rem 0}.screen h2{margin-top:.8rem}.screen table{width:100%}.screen td,.screen dd{overflow-wrap:anywhere}
.brief{font-size:.95rem}.copy{font:inherit;font-size:.78rem;color:var(--accent);background:none;border:1px
solid var(--line);border-radius:.35rem;margin-left:.35rem;padding:0 .35rem;cursor:pointer}.copy[hidden]{
display:none}.search input{min-width:min(28rem,100%)}:target{background:var(--mark)}.added{color:var(--safe)}
.removed{color:var(--breaks)}.changed{color:var(--degrades)}.cards>li{background:var(--card);border:1px
solid var(--line);border-radius:.7rem;padding:.7rem .9rem;margin:.5rem 0}.small{font-size:.9rem;margin:.35rem
0 .1rem;max-width:none}.since{margin-top:1.1rem;max-width:none}abbr{text-decoration:none}.sign{font-family:var(--mono);
font-weight:700;display:inline-block;width:1.5em}.marks li{padding:.12rem 0;overflow-wrap:anywhere}.marks.many{
columns:24rem auto;column-gap:2rem}.marks.many li{break-inside:avoid;padding-left:1.5em;text-indent:-1.5em}
.marks.many .sign{text-indent:0}.matrix thead th.n{white-space:normal;vertical-align:bottom;font-size:.75rem}
.matrix .num{font-weight:400;white-space:nowrap}.matrix td.n{font-size:.85rem}.matrix td span{white-space:nowrap}
.matrix th,.matrix td{padding-left:.45rem;padding-right:.45rem}.names tbody th{min-width:18rem}#event-table
td:first-child{min-width:20rem}@media(min-width:44rem){.matrix .inside{width:0}.matrix .inside>dl{width:min(62rem,calc(100vw
- 7rem))}}#switch-table td:nth-child(2){color:var(--breaks)}#switch-table td:nth-child(3){color:var(--safe)}
#switch-table td:nth-child(4){color:var(--accent)}.channel{white-space:nowrap;margin-right:.6em}details.after{
margin-top:.7rem}.plots{display:grid;grid-template-columns:repeat(auto-fit,minmax(15rem,1fr));gap:1rem}
.plots figure{margin:0;background:var(--card);border:1px solid var(--line);border-radius:.7rem;padding:.7rem
.9rem}.plots svg{width:100%;height:auto;display:block}.plots figcaption{font-weight:600;font-size:.92rem}
.line{fill:none;stroke:var(--accent);stroke-width:2.2}.point{fill:var(--accent)}.area{fill:var(--accent);
fill-opacity:.12}.downloads{display:flex;flex-wrap:wrap;gap:.4rem .9rem;padding:0;list-style:none;font-size:.92rem}
@media(max-width:44rem){main,footer,.trail{padding-left:1rem;padding-right:1rem}main{padding-top:1.6rem}
.wide{display:none}.names tbody th,#event-table td:first-child{min-width:0}.narrow{display:block}th,
td{padding:.5rem .55rem}.stacked,.stacked tbody{display:block}.stacked thead{display:none}.stacked tbody
tr:not([hidden]){display:flex;flex-wrap:wrap;gap:.1rem .6rem;padding:.5rem .55rem;border-bottom:1px solid
var(--line)}.stacked tbody th,.stacked tbody td{padding:0;border:0;min-width:0;overflow-wrap:anywhere}
.stacked tbody th,#endpoint-table td:nth-child(2){flex:1 0 100%;order:-1}#switch-table td:nth-child(n+2):not(:empty):before{
color:var(--soft);content:"stops "}#switch-table td:nth-child(3):not(:empty):before{content:"needed \\
for "}#switch-table td:nth-child(4):not(:empty):before{content:"moves "}.tiles{grid-template-columns:repeat(auto-fit,minmax(6.4rem,1fr));
gap:.5rem}.tiles b{font-size:1.5rem}.tiles li{padding:.65rem .75rem}h2{margin-top:2.4rem}.inside{padding-left:.2rem}
dl{grid-template-columns:1fr;gap:0 0}dd{margin-bottom:.35rem}.controls input,.controls select{min-width:8rem;
max-width:100%}}@media print{:root{color-scheme:light}body{background:#fff;color:#000;font-size:9.5pt}
.controls,.toc,.skip{display:none}.scroll{overflow:visible;border:0}main,footer{max-width:none;padding:0}
h2{break-after:avoid}tr{break-inside:avoid}a{color:inherit;text-decoration:none}}@media(max-width:44rem){
.screen thead{display:none}.screen tr,.screen td{display:block}.screen tr{border-bottom:1px solid var(--line);
padding:.4rem 0}.screen td{border:0;padding:.1rem 0}}
`;
export const VERSION = "0.1.0";
export const SCRIPT = `"use strict";(()=>{var w=new Set("a an and are does do for from in is it of on or read reads send sends talk talks talk\\
ing that the to tool tools use uses what which who with".split(" ")),M=e=>{let t=e.toLowerCase().split(
/[\\s?,;]+/).filter(s=>s!==""),o=t.filter(s=>!w.has(s));return o.length>0?o:t};function k({tools:e,names:t}){
let o=Object.entries(t).flatMap(([l,a])=>a.map(([r,...n])=>({name:r,kind:l,spans:n})));return[...e.map(
({id:l,package:a,versions:r},n)=>({name:l===a?l:\`\${l} (\${a})\`,kind:"tool",spans:[n,0,r.length-1]})),
...o]}function H({spans:e},t){let o=[];for(let s=0;s<e.length;s+=3){let{id:l,versions:a}=t[e[s]],[r,
n]=[a[e[s+1]],a[e[s+2]]],i=document.createElement("a");i.href=\`\${encodeURIComponent(l)}/\${encodeURIComponent(
n)}.html\`,i.textContent=l,o.length>0&&o.push(document.createTextNode(", ")),o.push(i,document.createTextNode(
r===n?\` \${n}\`:\` \${r} to \${n}\`))}return o}function S(e,t){let o=document.createElement("tr"),s=document.
createElement("th");s.scope="row";let l=document.createElement("code");l.textContent=e.name,s.append(
l);let a=document.createElement("td");a.className="wide",a.textContent=e.kind;let r=document.createElement(
"td");return r.append(...H(e,t)),o.append(s,a,r),o}var g=(e,[t=""])=>e===t?0:e.endsWith(\`.\${t}\`)||e.
startsWith(t)?1:2;function T(){let e=document.getElementById("search-index"),t=document.getElementById(
"search-text");if(e===null||t===null)return;let o=document.getElementById("search-kind"),s=document.
getElementById("search-said"),l=document.getElementById("search-found").tBodies[0],a=JSON.parse(e.textContent),
r=k(a).map(i=>({one:i,text:i.name.toLowerCase()})),n=()=>{let i=M(t.value),c=i.length===0?[]:r.filter(
({one:d,text:p})=>(o.value===""||d.kind===o.value)&&i.every(E=>p.includes(E)));c.sort((d,p)=>g(d.text,
i)-g(p.text,i)||(d.text<p.text?-1:1)),l.replaceChildren(...c.slice(0,200).map(({one:d})=>S(d,a.tools)));
let h=new Set(c.flatMap(({one:{spans:d}})=>d.filter((p,E)=>E%3===0))),u=c.length>200?", the first 20\\
0 shown":"";s.textContent=i.length===0?"":\`\${c.length} names of \${h.size} tools\${u}\`,history.replaceState(
null,"",t.value===""?location.pathname:\`#q=\${encodeURIComponent(t.value)}\`)};t.addEventListener("inp\\
ut",n),o.addEventListener("input",n),document.getElementById("search").hidden=!1,location.hash.startsWith(
"#q=")&&(t.value=decodeURIComponent(location.hash.slice(3))),t.value!==""&&n()}var L=e=>[...e.tBodies[0]?.rows??[]],f=new URLSearchParams(location.search);function v(e,t){t===""?f.
delete(e):f.set(e,t);let o=f.size>0?\`?\${f}\`:"";try{history.replaceState(null,"",\`\${location.pathname}\${o}\${location.
hash}\`)}catch{}}var m=document.querySelector("#find"),b=({cells:e,dataset:t},{name:o,dataset:{column:s}})=>s===
void 0?t[o]:e[Number(s)]?.textContent.trim().split(/\\s/)[0];function x(e){let t=e.dataset.filter??"",
o=L(document.getElementById(t)),s=o.map(n=>n.textContent.toLowerCase()),l=[...e.querySelectorAll("se\\
lect")],a=e.querySelector("output"),r=()=>{let n=(m?.value??"").toLowerCase().split(/\\s+/).filter(Boolean);
for(let[c,h]of o.entries())h.hidden=!(l.every(u=>u.value===""||b(h,u)===u.value)&&n.every(u=>s[c]?.includes(
u)));let i=o.filter(({hidden:c})=>!c).length;a&&(a.textContent=i===o.length?\`\${o.length} rows\`:\`\${i}\\
 of \${o.length} rows\`)};for(let n of l)n.value=f.get(\`\${t}.\${n.name}\`)??"",n.addEventListener("input",
()=>{v(\`\${t}.\${n.name}\`,n.value),r()});m?.addEventListener("input",r),e.hidden=!1,r()}function C(){if(m===
null)return;m.value=f.get("q")??"",m.addEventListener("input",()=>v("q",m.value));let e=m.closest(".\\
controls");e&&(e.hidden=!1)}function $(e){e.hidden=!1,e.addEventListener("click",async()=>{await navigator.
clipboard.writeText(e.dataset.copy??"").then(()=>e.textContent="copied",()=>e.textContent="not allow\\
ed")})}function I(e){let t=document.createElement("button");t.type="button",t.append(...e.childNodes),
e.append(t);let o=s=>{let l=s.cells[e.cellIndex];return l?.dataset.key??l?.textContent.trim()??""};t.
addEventListener("click",()=>{let s=e.getAttribute("aria-sort")!=="ascending";for(let n of e.parentElement.
cells)n.removeAttribute("aria-sort");e.setAttribute("aria-sort",s?"ascending":"descending");let l=e.
closest("table"),a=s?1:-1,r=L(l).map(n=>({key:o(n),row:n}));r.sort((n,i)=>a*n.key.localeCompare(i.key,
"en",{numeric:!0})),l.tBodies[0]?.append(...r.map(({row:n})=>n))})}function y(){let e=document.getElementById(
decodeURIComponent(location.hash.slice(1)));if(e!==null){for(let t=e;t!==null;t=t.parentElement)t.hidden&&
(t.hidden=!1),t instanceof HTMLDetailsElement&&(t.open=!0);for(let t of e.querySelectorAll(":scope >\\
 td > details, :scope > th > details"))t.open=!0;e.scrollIntoView()}}function R(){let e=[];addEventListener(
"beforeprint",()=>{e=[...document.querySelectorAll("details:not([open])")];for(let t of e)t.open=!0}),
addEventListener("afterprint",()=>{for(let t of e)t.open=!1})}C();for(let e of document.querySelectorAll(
"[data-copy]"))$(e);for(let e of document.querySelectorAll("[data-filter]"))x(e);for(let e of document.
querySelectorAll("th[data-sort]"))I(e);addEventListener("hashchange",y);y();R();T();})();
`;
