// What the pages can do beyond links and forms; without this file all of them still work.
"use strict";

(() => {
  const $ = (selector, within = document) => within.querySelector(selector);
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const main = $("#page-main");
  const wide = matchMedia("(min-width: 64.01rem)");

  // Said to screen readers alone, once a sentence.
  const announcer = document.createElement("p");
  announcer.className = "vh";
  announcer.setAttribute("role", "status");
  document.body.append(announcer);
  const announce = (text) => { announcer.textContent = text; };

  // HTML of this server, escaped there; no other text is ever made into HTML.
  const nodes = (html) => {
    const template = document.createElement("template");
    template.innerHTML = html;
    return template.content;
  };

  /* Light and dark */
  document.addEventListener("submit", (event) => {
    const button = event.target.matches("form.theme") && $("[data-theme-toggle]", event.target);
    if (!button) return;
    event.preventDefault();
    const root = document.documentElement;
    const now = root.dataset.theme
      || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light");
    const next = now === "dark" ? "light" : "dark";
    root.dataset.theme = next;
    button.value = now;
    document.cookie = `pincite_theme=${next}; max-age=31536000; path=/; samesite=lax`;
    announce(`The pages are ${next} now.`);
  });

  /* The chooser of jurisdictions */
  const choosers = (within) => all("[data-chooser]", within).forEach((chooser) => {
    const chosen = $("[data-chosen]", chooser);
    const filter = $("[data-filter]", chooser);
    const chips = all(".chip", chooser);
    filter.hidden = false;
    const tell = () => {
      const names = chips.filter((chip) => $("input", chip).checked).map((chip) => chip.textContent.trim());
      chosen.textContent = names.join(", ") || chosen.dataset.none;
    };
    chooser.addEventListener("change", tell);
    $("input", filter).addEventListener("input", (event) => {
      const wanted = event.target.value.trim().toLowerCase();
      chips.forEach((chip) => {
        chip.hidden = !chip.dataset.name.includes(wanted) && !$("input", chip).checked;
      });
    });
    $("input", filter).addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.preventDefault();
      const first = chips.find((chip) => !chip.hidden && !$("input", chip).checked);
      if (!first || !event.target.value.trim()) return;
      $("input", first).checked = true;
      event.target.value = "";
      event.target.dispatchEvent(new Event("input"));
      tell();
      announce(`${first.textContent.trim()} is chosen.`);
    });
    chooser.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !chooser.open) return;
      event.stopPropagation();
      chooser.open = false;
      $("summary", chooser).focus();
    });
    tell();
  });
  document.addEventListener("click", (event) => {
    all("[data-chooser][open]").forEach((one) => { if (!one.contains(event.target)) one.open = false; });
  });
  // Enter asks; a new line takes Shift.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("[data-ask] textarea")) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });

  /* Copying */
  const copies = (within) => all("[data-copy], [data-copy-link]", within).forEach((button) => {
    button.hidden = !navigator.clipboard;
  });
  document.addEventListener("click", async (event) => {
    const button = event.target.closest("[data-copy], [data-copy-link]");
    if (!button) return;
    const link = button.dataset.copyLink;
    await navigator.clipboard.writeText(link ? new URL(link, location.href).href : button.dataset.copy);
    announce("Copied.");
    const label = button.firstChild;
    const before = label.textContent;
    if (before === "Copied") return;
    label.textContent = "Copied";
    setTimeout(() => { label.textContent = before; }, 1500);
  });

  /* The law beside the answer */
  const panel = $("#panel");
  let opener = null;
  let current = location.pathname; // the answer that the page shows

  const marks = () => all("mark", panel);
  const show = () => {
    if (panel.open) return;
    const before = opener && opener.getBoundingClientRect().top;
    if (wide.matches) panel.show(); else panel.showModal();
    steady(before);
  };
  // What was clicked stays where it was, should the lines above it break anew.
  const steady = (before) => {
    if (opener && opener.isConnected && before !== null) scrollBy(0, opener.getBoundingClientRect().top - before);
  };
  const scrollToQuote = () => {
    const body = $("[data-panel-body]", panel);
    const target = $("mark", panel) || $(".asked", panel);
    body.scrollTop = 0;
    if (target) {
      const place = target.getBoundingClientRect().top - body.getBoundingClientRect().top;
      body.scrollTop = place - body.clientHeight * 0.3;
    }
  };
  const beside = (href) => {
    const url = new URL(href, location.href);
    const query = new URLSearchParams([["law", url.pathname], ...url.searchParams]);
    return `${location.pathname}?${query.toString().replaceAll("%2F", "/").replaceAll("%2C", ",")}`;
  };
  const openLaw = async (href, { push = true } = {}) => {
    const url = new URL(href, location.href);
    const anchor = url.hash.slice(1);
    url.searchParams.set("part", "panel");
    url.hash = "";
    let response;
    try {
      response = await fetch(url, { headers: { Accept: "text/html" } });
    } catch {
      location.href = href;
      return;
    }
    if (!response.ok) { location.href = href; return; }
    $("[data-panel-body]", panel).replaceChildren(nodes(await response.text()));
    $("[data-panel-reader]", panel).href = href;
    copies(panel);
    show();
    if (push && /^\/[ac]\//.test(location.pathname)) history.pushState({ law: href }, "", beside(href));
    scrollToQuote();
    const unit = anchor && anchor !== "quote" && panel.querySelector(`[id="${CSS.escape(anchor)}"]`);
    if (unit) unit.scrollIntoView({ block: "center" });
    $("#panel-title", panel).focus({ preventScroll: true });
  };
  const closeLaw = ({ push = true } = {}) => {
    const before = opener && opener.getBoundingClientRect().top;
    if (panel.open) panel.close();
    steady(before);
    all(".cite.open").forEach((one) => one.classList.remove("open"));
    if (push && new URLSearchParams(location.search).has("law")) history.pushState({}, "", location.pathname);
    if (opener && opener.isConnected) opener.focus({ preventScroll: true });
    opener = null;
  };
  if (panel) {
    document.addEventListener("click", (event) => {
      const link = event.target.closest("a[data-cite]");
      const plain = !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey && event.button === 0;
      if (!link || !plain) return;
      event.preventDefault();
      if (!panel.contains(link)) {
        opener = link;
        all(".cite.open").forEach((one) => one.classList.remove("open"));
        link.classList.add("open");
      }
      openLaw(link.getAttribute("href"));
    });
    panel.addEventListener("submit", (event) => { event.preventDefault(); closeLaw(); });
    panel.addEventListener("cancel", (event) => { event.preventDefault(); closeLaw(); });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && panel.open && !event.defaultPrevented) { event.preventDefault(); closeLaw(); }
    });
    // The outline in the panel scrolls the panel and leaves the address alone.
    panel.addEventListener("click", (event) => {
      const link = event.target.closest('a[href^="#"]');
      const unit = link && panel.querySelector(`[id="${CSS.escape(link.getAttribute("href").slice(1))}"]`);
      if (!unit) return;
      event.preventDefault();
      unit.scrollIntoView({ block: "start" });
      unit.setAttribute("tabindex", "-1");
      unit.focus({ preventScroll: true });
    });
    addEventListener("popstate", () => {
      const law = new URLSearchParams(location.search);
      if (location.pathname !== current) { location.reload(); return; }
      if (!law.has("law")) { closeLaw({ push: false }); return; }
      const path = law.get("law");
      law.delete("law");
      openLaw(`${path}?${law}`, { push: false });
    });
    if (panel.open) {
      // It was open in the page as it came; on a small screen it covers the page and must be modal.
      if (!wide.matches) { panel.close(); panel.showModal(); }
      const wanted = new URLSearchParams(location.search);
      opener = all("a[data-cite]").find((link) => {
        const url = new URL(link.href);
        return url.pathname === wanted.get("law") && url.searchParams.get("span") === wanted.get("span");
      }) || null;
      if (opener) opener.classList.add("open");
      if (marks().length || $(".asked", panel)) scrollToQuote();
    }
  }

  /* Asking: the answer comes in as it is made */
  const shell = (question, isWide) => {
    const grid = nodes(`<div class="answer-grid" data-answer><article class="answer" aria-labelledby="answer-title" aria-busy="true"><header class="answer-head"><h1 id="answer-title" tabindex="-1"></h1><p class="progress" data-progress></p></header><ul class="drafts" data-drafts aria-hidden="true"></ul></article></div>`);
    $("h1", grid).textContent = question;
    $("[data-answer]", grid).classList.toggle("wide", isWide);
    return grid;
  };
  async function* lines(stream) {
    const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) break;
      const parts = (rest + value).split("\n");
      rest = parts.pop();
      for (const part of parts) if (part) yield JSON.parse(part);
    }
    if (rest) throw new Error("the answer broke off");
  }
  const steps = {
    status: (page, { text }) => { $("[data-progress]", page).textContent = `${text} …`; announce(text); },
    // Shown only where the whole answer keeps them waiting, and each once.
    draft: (page, { text }) => {
      setTimeout(() => {
        const list = $("[data-drafts]", page);
        if (!list || all("li", list).some((one) => one.textContent === text)) return;
        const item = document.createElement("li");
        item.textContent = text;
        list.append(item);
      }, 250);
    },
    head: (page, { html }) => {
      const article = $(".answer", page);
      const focused = document.activeElement === $("#answer-title");
      article.replaceChildren(nodes(html));
      const title = $("#answer-title");
      if (focused) { title.tabIndex = -1; title.focus({ preventScroll: true }); }
    },
    part: (page, { html }) => { $(".answer", page).append(nodes(html)); },
    statement: (page, { part, html }) => { $(`[data-part="${CSS.escape(part)}"]`, page).append(nodes(html)); },
    rest: (page, { html, rail }) => {
      $(".answer", page).append(nodes(html));
      page.append(nodes(rail));
    },
    done: (page, { href, text }) => {
      $(".answer", page).removeAttribute("aria-busy");
      if (href) history.replaceState({}, "", href);
      current = location.pathname;
      announce(text);
    },
  };
  const fail = (page, title, text) => {
    const note = nodes('<p class="warning" role="alert"><strong></strong> <span></span></p><p><a href="/">Ask again</a></p>');
    $("strong", note).textContent = `${title}.`;
    $("span", note).textContent = text;
    const progress = $("[data-progress]", page);
    if (progress) progress.remove();
    $(".answer", page).removeAttribute("aria-busy");
    $(".answer", page).append(note);
  };
  const stream = async (form, submitter) => {
    const body = new URLSearchParams(new FormData(form, submitter));
    const question = body.get("question");
    if (panel && panel.open) closeLaw({ push: false });
    const shown = new URLSearchParams(body);
    shown.delete("form_token"); // it is nobody's business in an address
    const formPage = ["/", "/compare"].includes(location.pathname);
    if (formPage) history.replaceState({}, "", `${location.pathname}?${shown}`);
    history.pushState({}, "", `${form.getAttribute("action")}?${shown}`);
    current = location.pathname;
    document.title = `${question.slice(0, 80)} · Pincite`;
    main.replaceChildren(shell(question, "stream" in form.dataset));
    document.body.className = "answering";
    const page = $("[data-answer]");
    scrollTo(0, 0);
    $("#answer-title").focus({ preventScroll: true });
    $("[data-progress]").textContent = "Reading the question …";
    try {
      const response = await fetch(form.dataset.stream || "/ask/stream", { method: "POST", body, headers: { Accept: "application/x-ndjson" } });
      if (!response.ok || !response.body) {
        const problem = await response.json().catch(() => ({}));
        fail(page, problem.title || "No answer", problem.detail || `The server said ${response.status}.`);
        return;
      }
      let whole = false;
      for await (const { kind, ...values } of lines(response.body)) {
        if (kind === "elsewhere") { location.replace(values.href); return; }
        if (kind === "problem") { fail(page, values.title, values.text); return; }
        steps[kind](page, values);
        whole = kind === "done";
      }
      if (!whole) throw new Error("the answer broke off");
      ready(page);
    } catch (error) {
      fail(page, "The answer broke off", "The server cannot be reached, or stopped in the middle; nothing of the law has changed.");
    }
  };
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (!form.matches("[data-ask]") || !panel || !window.TextDecoderStream) return;
    event.preventDefault();
    stream(form, event.submitter);
  });

  /* On a small screen the outline starts folded */
  const ready = (within) => {
    choosers(within);
    copies(within);
  };
  if (!wide.matches) all("[data-outline]").forEach((one) => { one.open = false; });
  // An address from before the page had its fragment's target in view.
  const quote = location.hash === "#quote" && $("#quote");
  if (quote) quote.scrollIntoView({ block: "center" });
  addEventListener("pageshow", (event) => { if (event.persisted && location.pathname === "/ask") location.reload(); });
  ready(document);
})();
