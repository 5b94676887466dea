// The shop's pages. "{tracker}", "{ads}" and "{fonts}" stand for the other hosts with their port.
#include <array>
#include <string>

#include "demo/pages.h"

namespace affiant::demo {
namespace {

constexpr std::string_view kHead = R"(<!doctype html>
<html lang="en"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title} – Lantern &amp; Loom</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="http://{fonts}/type.css">
<link rel="stylesheet" href="/shop.css">
</head><body>
<header><a class="brand" href="/"><svg viewBox="0 0 32 40" width="26" height="32" aria-hidden="true"><path d="M16 2v5M9 9h14l3 24H6z" fill="none" stroke="currentColor" stroke-width="2.4" stroke-linejoin="round"/><path d="M16 16c4 5 5 7 5 9a5 5 0 0 1-10 0c0-2 1-4 5-9z" fill="#e8a33d"/></svg>Lantern &amp; Loom</a>
<nav><a href="/lamps">Lamps</a><a href="/blankets">Blankets</a><a href="/about">Workshop</a></nav></header>
<main>
)";

constexpr std::string_view kFoot = R"(
</main>
<footer><p>A demonstration shop. Nothing here is for sale.</p>
<p><a href="/privacy">Privacy policy</a> <a href="/cookies">Cookie policy</a></p></footer>
</body></html>
)";

// The page's own script first, then the third parties that the policy has no word for.
constexpr std::string_view kHome = R"(<section class="hero"><div>
<p class="kicker">Winter workshop</p>
<h1>Warm light, heavy wool.</h1>
<p>Lamps of blown glass and blankets from a loom that is older than the harbour. Made to order, one at a time.</p>
<a class="button" href="/lamps">See the lamps</a></div>
<svg class="scene" viewBox="0 0 320 240" role="img" aria-label="A lit lantern on a folded blanket"><circle cx="160" cy="104" r="92" fill="#fbe3b5"/><path d="M160 22v22M126 50h68l14 112h-96z" fill="#fff6e2" stroke="#4a3426" stroke-width="5" stroke-linejoin="round"/><path d="M160 84c18 24 22 32 22 42a22 22 0 0 1-44 0c0-10 4-18 22-42z" fill="#e8a33d"/><path d="M40 172h240v20H40zM52 198h216v20H52z" fill="#8a3f33"/><path d="M40 178h240M52 204h216" stroke="#f3dcc0" stroke-width="3" stroke-dasharray="10 8"/></svg>
</section>
<section class="cards">
<article><h2>Harbour lamp</h2><p>Smoked glass, brass foot, a flame-coloured bulb.</p><p class="price">140 €</p></article>
<article><h2>Storm blanket</h2><p>Undyed wool, two kilograms, a border in madder red.</p><p class="price">210 €</p></article>
<article><h2>Reading light</h2><p>A narrow cone of light that leaves your neighbour in the dark.</p><p class="price">95 €</p></article>
</section>
<iframe class="offer" src="http://{ads}/offer.html" title="Offer of the week" width="320" height="90"></iframe>
<script src="/shop.js"></script>
<script src="http://{tracker}/t.js"></script>)";

constexpr std::string_view kLamps = R"(<h1>Lamps</h1>
<section class="cards"><article><h2>Harbour lamp</h2><p>Smoked glass, brass foot.</p><p class="price">140 €</p></article>
<article><h2>Reading light</h2><p>A narrow cone of light.</p><p class="price">95 €</p></article></section>
<script src="/shop.js"></script>
<script src="http://{tracker}/t.js"></script>)";

constexpr std::string_view kBlankets = R"(<h1>Blankets</h1>
<section class="cards"><article><h2>Storm blanket</h2><p>Undyed wool, two kilograms.</p><p class="price">210 €</p></article></section>
<script src="/shop.js"></script>)";

constexpr std::string_view kAbout = R"(<h1>The workshop</h1>
<p>Two people, a kiln and a loom. We answer letters on Fridays.</p>
<script src="/shop.js"></script>)";

constexpr std::string_view kPrivacy = R"(<h1>Privacy policy</h1>
<p>This privacy policy explains which information Lantern &amp; Loom collects when you visit our shop, and what we do with it. It was last updated on 2 March 2026.</p>
<h2>Information we collect</h2>
<p>When you place an order we collect the information that you give us:</p>
<ul><li>your name and postal address,</li><li>your e-mail address,</li><li>what you ordered.</li></ul>
<h2>Cookies and similar technologies</h2>
<p>We use cookies to keep your basket and to remember your preferences. Each of them is listed, with its purpose and its duration, in our <a href="/cookies">cookie policy</a>.</p>
<p>We do not use third-party cookies. Our shop uses local storage to keep the contents of your basket on your device.</p>
<h2>Who receives your information</h2>
<p>We do not share your information with advertising networks. We do not use third-party analytics or tracking services. Fonts are loaded from fonts.localhost.</p>
<h2>How long we keep it</h2>
<p>Order records are kept for ten years, as the law on bookkeeping demands.</p>
<h2>Your rights</h2>
<p>You may ask for a copy of your information, or that we delete it, by writing to us.</p>)";

constexpr std::string_view kCookies = R"(<h1>Cookie policy</h1>
<p>Cookies are small text files that a website stores on your device. This is the full list of the cookies that our shop uses.</p>
<h2>Cookies we use</h2>
<div class="scroll" tabindex="0" role="region" aria-label="Cookies we use"><table><thead><tr><th>Name</th><th>Provider</th><th>Purpose</th><th>Duration</th></tr></thead><tbody>
<tr><td>session_id</td><td>Lantern &amp; Loom</td><td>Necessary: keeps you signed in and your order together</td><td>Session</td></tr>
<tr><td>visitor</td><td>Lantern &amp; Loom</td><td>Analytics: recognises a returning visitor</td><td>30 days</td></tr>
<tr><td>basket</td><td>Lantern &amp; Loom</td><td>Necessary: the contents of your basket</td><td>7 days</td></tr>
<tr><td>theme</td><td>Lantern &amp; Loom</td><td>Preferences: light or dark colours</td><td>1 year</td></tr>
<tr><td>newsletter_ref</td><td>Lantern &amp; Loom</td><td>Marketing: which letter brought you here</td><td>90 days</td></tr>
</tbody></table></div>
<h2>Managing cookies</h2>
<p>You can delete cookies in the settings of your browser at any time. Without the necessary ones the basket does not work.</p>)";

constexpr std::string_view kCss =
    R"(:root{--ink:#35261c;--paper:#fffaf1;--line:#e9dcc6;--red:#8a3f33}
*{box-sizing:border-box}body{margin:0;background:var(--paper);color:var(--ink);line-height:1.55}
header,main,footer{max-width:68rem;margin:0 auto;padding:1rem 1.25rem}
header{display:flex;flex-wrap:wrap;gap:.5rem 1.5rem;align-items:center;justify-content:space-between}
.brand{display:flex;gap:.5rem;align-items:center;font-size:1.25rem;font-weight:600;color:inherit;text-decoration:none}
nav a{margin-right:1.1rem}nav a:last-child{margin-right:0}a{color:var(--red)}
h1{font-size:clamp(1.8rem,5vw,3rem);line-height:1.12;margin:.4em 0}h2{font-size:1.15rem;margin:1.6em 0 .3em}
.hero{display:grid;gap:1.5rem;align-items:center}.hero p{max-width:34rem}.scene{width:100%;max-width:26rem;justify-self:center}
@media(min-width:48rem){.hero{grid-template-columns:1.1fr 1fr;padding:2rem 0}}
.kicker{text-transform:uppercase;letter-spacing:.12em;font-size:.8rem;color:var(--red);margin:0}
.button{display:inline-block;margin-top:.5rem;padding:.65rem 1.2rem;border-radius:.5rem;background:var(--red);color:#fff;text-decoration:none}
.cards{display:grid;gap:1rem;grid-template-columns:repeat(auto-fit,minmax(14rem,1fr));margin:1.5rem 0}
article{border:1px solid var(--line);border-radius:.8rem;padding:1rem 1.1rem;background:#fff}article h2{margin-top:0}
.price{font-weight:600;margin-bottom:0}.offer{display:block;border:0;width:100%;max-width:30rem;margin:1.5rem auto}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;min-width:34rem;background:#fff}
th,td{border:1px solid var(--line);padding:.5rem .7rem;text-align:left;vertical-align:top}th{background:#f6ecd9}
footer{border-top:1px solid var(--line);margin-top:3rem;font-size:.9rem}footer a{margin-right:1rem}
)";

// What the cookie table leaves out: `ab_group`. What it does not say of storage:
// `lantern.last_seen`, written as a property, which no wrapped call sees.
constexpr std::string_view kJs = R"js((() => {
  'use strict';
  const put = (name, value, days) => {
    document.cookie = `${name}=${value}; path=/; max-age=${days * 86400}; SameSite=Lax`;
  };
  put('theme', 'light', 365);
  put('ab_group', 'checkout-' + crypto.getRandomValues(new Uint32Array(2)).join('-'), 180);
  localStorage.setItem('lantern.basket', JSON.stringify({items: []}));
  localStorage.lantern_last_seen = new Date().toISOString();
  sessionStorage.setItem('lantern.scroll', String(window.scrollY));
})();
)js";

std::string page(std::string_view title, std::string_view body) {
  std::string text(kHead);
  text.replace(text.find("{title}"), 7, title);
  return text.append(body).append(kFoot);
}

}  // namespace

Answer shop_page(std::string_view path) {
  struct Page {
    std::string_view path, title, body;
  };
  static constexpr std::array<Page, 6> kPages = {{{"/", "Lamps and blankets", kHome},
                                                  {"/lamps", "Lamps", kLamps},
                                                  {"/blankets", "Blankets", kBlankets},
                                                  {"/about", "Workshop", kAbout},
                                                  {"/privacy", "Privacy policy", kPrivacy},
                                                  {"/cookies", "Cookie policy", kCookies}}};
  for (const Page& p : kPages)
    if (p.path == path) return {.body = page(p.title, p.body), .location = {}, .cookies = {}};
  if (path == "/shop.css")
    return {.type = "text/css", .body = std::string(kCss), .location = {}, .cookies = {}};
  if (path == "/shop.js")
    return {.type = "text/javascript", .body = std::string(kJs), .location = {}, .cookies = {}};
  return {
      .status = 404, .body = page("Not found", "<h1>Not here</h1>"), .location = {}, .cookies = {}};
}

}  // namespace affiant::demo
