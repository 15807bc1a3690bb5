// A click on a demo account fills in the form above it.
for (const account of document.querySelectorAll("[data-user]"))
  account.addEventListener("click", () => {
    const form = document.forms[0];
    form.elements.UserName.value = account.dataset.user;
    form.elements.Password.value = account.dataset.password;
    form.querySelector("button").focus();
  });

// Passkeys (WebAuthn level 3): ask the issuer for options, the authenticator for a credential, then post the form with it.
for (const form of document.querySelectorAll("[data-passkey]")) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) continue;
  form.hidden = false;
  form.addEventListener("submit", async submit => {
    submit.preventDefault();
    form.elements.Credential.value = JSON.stringify(await credential(form));
    form.submit();
  });
}

async function credential(form) {
  try {
    const answer = await fetch(`${form.action}/options`, { method: "POST", body: new URLSearchParams(new FormData(form)) });
    const options = await answer.json();
    return form.dataset.passkey === "create"
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  } catch (error) {
    return { error: String(error) }; // the issuer refuses it and its page says so
  }
}
