// Passkeys: asks the browser for one, and sends its answer in the page's own form. No framework,
// no inline handlers (strict CSP). Name and password work without this file.
(() => {
  "use strict";
  const bytes = (text) =>
    Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer)))
      .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
  const listed = (keys) => keys?.map((key) => ({ ...key, id: bytes(key.id) }));

  // Both calls take what the node sent, and give what it reads back: buffers as base64url.
  const make = async ({ publicKey }) => {
    const made = await navigator.credentials.create({ publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      user: { ...publicKey.user, id: bytes(publicKey.user.id) },
      excludeCredentials: listed(publicKey.excludeCredentials),
      authenticatorSelection: {
        ...publicKey.authenticatorSelection,
        residentKey: "required", requireResidentKey: true, userVerification: "required",
      },
    } });
    return told(made, {
      attestationObject: text(made.response.attestationObject),
      transports: made.response.getTransports?.() ?? [],
    });
  };
  const ask = async ({ publicKey }) => {
    const shown = await navigator.credentials.get({ publicKey: {
      ...publicKey,
      challenge: bytes(publicKey.challenge),
      allowCredentials: listed(publicKey.allowCredentials),
      userVerification: "required",
    } });
    const { authenticatorData, signature, userHandle } = shown.response;
    return told(shown, {
      authenticatorData: text(authenticatorData),
      signature: text(signature),
      userHandle: userHandle ? text(userHandle) : null,
    });
  };
  const told = (credential, response) => ({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(credential.response.clientDataJSON), ...response },
  });

  const options = async (form) => {
    const here = form.querySelector("script[type='application/json']");
    if (here) return JSON.parse(here.textContent);
    const answer = await fetch(form.action, { headers: {
      Accept: "application/json", "X-Requested-With": "XMLHttpRequest",
    } });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  };

  const start = (form) => {
    const button = form.querySelector("[data-passkey-go]");
    const trouble = form.querySelector("[data-passkey-trouble]");
    button.disabled = false;
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      trouble.hidden = true;
      try {
        const given = await options(form);
        const credential = given.creation_options
          ? await make(given.creation_options) : await ask(given.request_options);
        form.querySelector("[name='credential']").value = JSON.stringify(credential);
        form.submit();
      } catch {
        trouble.hidden = false; // cancelled, refused or too late: the page says what to do
      }
    });
  };

  document.addEventListener("DOMContentLoaded", () => {
    if (!window.PublicKeyCredential) return; // the buttons stay off; the page says why
    document.querySelectorAll("form[data-passkey]").forEach(start);
  });
})();
