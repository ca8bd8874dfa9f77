/* Put values into the address of the page, without a call to the server; null values are removed. */
export function putIntoAddress(values) {
  const address = new URL(window.location.href);
  for (const [name, value] of Object.entries(values))
    if (value === null) address.searchParams.delete(name);
    else address.searchParams.set(name, value);
  if (address.href !== window.location.href) window.history.replaceState(window.history.state, "", address);
}
