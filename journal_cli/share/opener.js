"use strict";

const one = (id) => document.getElementById(id);
const bytes = (letters) => Uint8Array.from(atob(letters), (sign) => sign.charCodeAt(0));
const say = (id) => one("said").replaceChildren(...(id ? [one(id).content.cloneNode(true)] : []));

// What is sealed is a whole page. Nothing in it can run: the policy of this one allows this script and no other.
async function opened(password) {
  const { terms } = one("sealed").dataset;
  const [, iterations, salt, , iv] = terms.split(" ");
  const utf8 = new TextEncoder();
  const secret = utf8.encode(password.normalize("NFC").replace(/[ \t\r\n\u00a0]+/g, " ").replace(/^ | $/g, ""));
  const guess = await crypto.subtle.importKey("raw", secret, "PBKDF2", false, ["deriveKey"]);
  const how = { name: "PBKDF2", hash: "SHA-256", salt: bytes(salt), iterations: Number(iterations) };
  const key = await crypto.subtle.deriveKey(how, guess, { name: "AES-GCM", length: 256 }, false, ["decrypt"]);
  const lock = { name: "AES-GCM", iv: bytes(iv), additionalData: utf8.encode(terms) };
  const page = await crypto.subtle.decrypt(lock, key, bytes(one("sealed").textContent));
  return new DOMParser().parseFromString(new TextDecoder().decode(page), "text/html");
}

// The title stays as it is, for a browser writes titles down in its history.
function show(page) {
  document.documentElement.lang = page.documentElement.lang;
  document.body.replaceWith(page.body);
  const heading = document.querySelector("h1");
  heading.tabIndex = -1;
  heading.focus();
}

const form = document.querySelector("form");
const { password, shown, open } = form.elements;

say(window.crypto && crypto.subtle ? "" : "unable");
shown.addEventListener("change", () => { password.type = shown.checked ? "text" : "password"; });
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  open.disabled = true;
  say("opening");
  try {
    show(await opened(password.value));
  } catch {
    say(window.crypto && crypto.subtle ? "wrong" : "unable");
    open.disabled = false;
    password.focus();
    password.select();
  }
});
