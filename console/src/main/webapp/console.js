// The console's page. Everything that came from outside is written as text, never as markup.
"use strict";

const byId = (id) => document.getElementById(id);
const sessionForm = byId("session");
const mailForm = byId("mail");

/** Calls the API; the answer's status and JSON (empty for 204). */
async function call(method, path, body) {
  const options = { method, headers: { Accept: "application/json" } };
  if (body !== undefined) {
    options.headers["Content-Type"] = "application/json";
    options.body = JSON.stringify(body);
  }
  try {
    // Not the page's own URL as the base: browsers refuse to fetch where it carries a user and a password.
    const answer = await fetch(new URL("api/" + path, location.origin + location.pathname), options);
    const json = answer.status === 204 ? {} : await answer.json();
    return { ok: answer.ok, status: answer.status, json };
  } catch (error) {
    return { ok: false, status: 0, json: { detail: "The server does not answer. Is it still running?" } };
  }
}

/** A problem as a person reads it: what happened, where in the dialogue, what the server said. */
function explain(problem) {
  const lines = [problem.detail];
  if (problem.phase) {
    lines.push("Phase: " + problem.phase + (problem.delivery === "IN_DOUBT" ? " (delivery in doubt)" : ""));
  }
  if (problem.reply) {
    lines.push("The server said: " + problem.reply);
  }
  return lines.concat(refusals(problem.refused), unsent(problem.recipients)).join("\n");
}

function refusals(refused) {
  return (refused || []).map((one) => "Refused: " + one.address + ": " + (one.reply || "no reply"));
}

/** Recipients that the server has not refused, and that got nothing all the same. */
function unsent(recipients) {
  return (recipients || []).filter((one) => one.reason).map((one) => one.address + ": " + one.reason);
}

function show(form, good, text) {
  const result = form.querySelector(".result");
  result.textContent = text;
  result.className = "result " + (good ? "good" : "bad");
  result.hidden = false;
}

/** Runs an action with the form's buttons off, so that nothing is sent twice. */
async function busy(form, action) {
  const buttons = [...form.querySelectorAll("button")];
  buttons.forEach((button) => { button.disabled = true; });
  try {
    await action();
  } finally {
    buttons.forEach((button) => { button.disabled = false; });
  }
}

/** What this page has started last. */
let started = {};

/**
 * By the id of the session that this page has started under the name in the form, else by the name, in Base64: not every
 * character of a user name may stand in a path.
 */
function sessionPath() {
  return "sessions/" + segment(sessionForm.username.value.trim(), started);
}

function segment(name, session) {
  if (session.username === name) {
    return session.id;
  }
  const octets = new TextEncoder().encode(name);
  const base64 = btoa(String.fromCharCode(...octets));
  return "~" + base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

sessionForm.addEventListener("submit", (event) => {
  event.preventDefault();
  busy(sessionForm, async () => {
    const wanted = {
      username: sessionForm.username.value,
      server: sessionForm.server.value,
      port: sessionForm.port.valueAsNumber,
      option: sessionForm.option.value,
      asynchronous: sessionForm.asynchronous.checked,
    };
    if (sessionForm.password.value) {
      wanted.password = sessionForm.password.value;
    }
    const { ok, json } = await call("POST", "sessions", wanted);
    started = ok ? json : started;
    show(sessionForm, ok, ok ? "The session of " + json.username + " is open." : explain(json));
    await listPool();
  });
});

byId("close").addEventListener("click", () => busy(sessionForm, async () => {
  const { ok, json } = await call("DELETE", sessionPath());
  started = {};
  show(sessionForm, ok, ok ? "The session is closed." : explain(json));
  await listPool();
}));

mailForm.addEventListener("submit", (event) => {
  event.preventDefault();
  busy(mailForm, async () => {
    const { ok, status, json } = await call("POST", sessionPath() + "/messages", {
      sender: mailForm.sender.value,
      recipients: mailForm.recipients.value.split(";").map((one) => one.trim()).filter(Boolean),
      subject: mailForm.subject.value,
      message: mailForm.message.value,
      html: mailForm.html.value,
    });
    const sent = ["Sent. Message-ID: " + json.messageId].concat(refusals(json.refused)).join("\n");
    if (status === 202) {
      await follow(json.id);
    } else {
      show(mailForm, ok, ok ? sent : explain(json));
    }
    await Promise.all([listMailbox(), listPool(), listSpool(), listOutcomes()]);
  });
});

function cell(content, className) {
  const td = document.createElement("td");
  td.append(content);
  td.className = className || "";
  return td;
}

function mailRow(mail) {
  const open = document.createElement("button");
  open.type = "button";
  open.textContent = mail.subject || "(no subject)";
  open.addEventListener("click", () => read(mail.id));
  const row = document.createElement("tr");
  row.append(cell(new Date(mail.received).toLocaleTimeString()), cell(mail.from), cell(mail.recipients.join(", ")),
    cell(open), cell(mail.size.toLocaleString(), "number"));
  return row;
}

/** Puts rows into a table; each cell knows its column's title, which small screens show beside it. */
function fill(table, rows) {
  const titles = [...table.tHead.rows[0].cells].map((title) => title.textContent);
  rows.forEach((row) => [...row.cells].forEach((one, column) => { one.dataset.title = titles[column]; }));
  table.tBodies[0].replaceChildren(...rows);
}

/** What cannot be taken back, or stops mails, is asked for first; a refusal changes nothing. */
function confirmed(question, action) {
  return window.confirm(question) ? action() : { ok: true };
}

/** A button that acts on a row: the list is read again, and what went wrong is noted above it. */
function rowButton(text, title, action, list, note) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "quiet";
  button.textContent = text;
  button.title = title;
  button.addEventListener("click", async () => {
    const { ok, json } = await action();
    await list();
    if (!ok) {
      byId(note).textContent = explain(json);
    }
  });
  return button;
}

function poolButton(text, title, action) {
  return rowButton(text, title, action, listPool, "pool-note");
}

function rowOf(buttons) {
  const actions = document.createElement("span");
  actions.className = "row";
  actions.append(...buttons);
  return actions;
}

/** Asks for a limit and sets it, unless the question is cancelled. */
function changeLimit(row, path) {
  const limit = window.prompt("Most connections", row.limit);
  if (limit === null) {
    return { ok: true };
  }
  if (!/^\s*[1-9]\d{0,8}\s*$/.test(limit)) {
    return { ok: false, json: { detail: "The limit must be a whole number of 1 or more, was \"" + limit + "\"." } };
  }
  return call("PATCH", path, { limit: Number(limit) });
}

function poolActions(row) {
  if (row.limit === 0) {
    return "the application server's pool";
  }
  const path = "pool/" + encodeURIComponent(row.id);
  const whose = row.id === "total" ? "the whole pool" : row.user + " at " + row.host + ":" + row.port;
  const buttons = [
    poolButton("Limit", "Set the most connections", () => changeLimit(row, path)),
    poolButton("Flush", "Close idle connections now, those in use when they come back",
      () => confirmed("Close the connections of " + whose + "?",
        () => call("POST", path + "/flush", { idleOnly: false }))),
    row.suspended
      ? poolButton("Resume", "Let callers go on", () => call("PATCH", path, { suspended: false }))
      : poolButton("Suspend", "Let callers wait", () => confirmed(
        "Suspend " + whose + "? No mail leaves over it until it is resumed.",
        () => call("PATCH", path, { suspended: true }))),
  ];
  if (row.id !== "total") {
    buttons.push(poolButton("Drop", "Close all and forget the numbers", () => confirmed(
      "Close all connections of " + whose + " and forget its numbers?", () => call("DELETE", path))));
  }
  return rowOf(buttons);
}

/** What the administrator calls it, and the user name. */
function calledBy(row) {
  return row.names.length > 0 ? row.names.join(", ") + " (" + row.user + ")" : row.user;
}

/** The server, and what else tells this row from one of the same user there. */
function openedAs(row) {
  const parts = [row.host + ":" + row.port];
  if (row.tls !== "NONE") {
    parts.push(row.tls, "trust " + row.trust.toLowerCase());
  }
  if (row.mailLimit > 0) {
    parts.push(row.mailLimit.toLocaleString() + " mails a connection");
  }
  if (row.fingerprint) {
    parts.push("secret " + row.fingerprint + (row.authenticated ? "" : " (no login)"));
  }
  return parts.join(", ");
}

function poolRow(row, name) {
  const tr = document.createElement("tr");
  const failures = Object.values(row.failures).reduce((sum, count) => sum + count, 0);
  const places = [row.open, row.idle, row.inUse, row.waiting];
  const limit = row.effectiveLimit < row.limit ? row.effectiveLimit + " of " + row.limit : row.limit || "";
  const sums = [row.opened, row.messages, failures];
  const number = (shown) => cell(shown.toLocaleString(), "number");
  tr.append(cell((name || calledBy(row)) + (row.suspended ? " (suspended)" : "")),
    cell(name ? "" : openedAs(row)), ...places.map(number), number(limit), ...sums.map(number),
    cell(poolActions(row)));
  return tr;
}

async function listPool() {
  const { ok, json } = await call("GET", "pool");
  // The total stays: whoever suspended all of it must find the way back.
  byId("pool").hidden = !ok;
  byId("pool-note").textContent = ok && json.sessions.length > 0 ? "" : json.detail || "No session has connections.";
  if (ok) {
    fill(byId("pool"), json.sessions.map((row) => poolRow(row)).concat(poolRow(json.total, "Total")));
  }
}

let firstLook = true;

async function listMailbox() {
  const { ok, json } = await call("GET", "mailbox");
  byId("mailbox-note").textContent = ok ? "" : json.detail;
  byId("mailbox").hidden = !ok || json.messages.length === 0;
  if (!ok) {
    return;
  }
  byId("mailbox-place").textContent = "at " + json.host + ":" + json.port;
  if (firstLook) {
    sessionForm.server.value = json.host;
    sessionForm.port.value = json.port;
    suggestMailbox(json);
    firstLook = false;
  }
  if (json.messages.length === 0) {
    byId("mailbox-note").textContent = "Nothing has arrived yet.";
    byId("reading").hidden = true;
  }
  fill(byId("mailbox"), json.messages.map(mailRow));
}

let shown = {};

async function read(id) {
  const { ok, json } = await call("GET", "mailbox/" + id);
  if (!ok) {
    byId("mailbox-note").textContent = json.detail;
    return;
  }
  shown = json;
  byId("reading-subject").textContent = json.subject || "(no subject)";
  byId("reading-envelope").textContent = "From <" + json.sender + "> to " + json.recipients.join(", ")
    + json.attachments.map((one) => " · " + (one.name || "part") + " (" + one.contentType.split(";")[0] + ")").join("");
  view(json.text || !json.html ? "text" : "html");
  byId("reading").hidden = false;
  byId("reading").focus();
}

function view(kind) {
  document.querySelectorAll("[data-view]").forEach((button) => {
    button.setAttribute("aria-pressed", String(button.dataset.view === kind));
    button.disabled = (button.dataset.view === "html" || button.dataset.view === "preview") && !shown.html;
  });
  const source = byId("reading-source");
  const preview = byId("reading-preview");
  source.hidden = kind === "preview";
  preview.hidden = kind !== "preview";
  source.textContent = kind === "preview" ? "" : shown[kind] || "(empty)";
  preview.replaceChildren(...(kind === "preview" ? [shutOff(shown.html)] : []));
}

const NOTHING_LOADED = "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\">"
  + "<meta http-equiv=\"x-dns-prefetch-control\" content=\"off\">";

/**
 * Foreign HTML, sandboxed without any permission: no script runs, and no request leaves it, not even to the console. What
 * makes a browser connect ahead of a request that it would refuse is taken out: frames, and links.
 */
function shutOff(html) {
  const mail = new DOMParser().parseFromString(html, "text/html");
  mail.querySelectorAll("base, embed, frame, iframe, link, meta, object, script").forEach((one) => one.remove());
  mail.querySelectorAll("[href]").forEach((one) => one.removeAttribute("href"));
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "");
  frame.title = "The mail's HTML, shut off from this page";
  frame.srcdoc = NOTHING_LOADED + mail.documentElement.outerHTML;
  return frame;
}

document.querySelectorAll("[data-view]").forEach((button) => {
  button.addEventListener("click", () => view(button.dataset.view));
});
byId("count").addEventListener("click", listPool);
byId("refresh").addEventListener("click", listMailbox);
byId("empty").addEventListener("click", async () => {
  await confirmed("Forget all mails of the development mailbox?", () => call("DELETE", "mailbox"));
  await listMailbox();
});
listMailbox();
listPool();
