// In a window of the house: the token goes to the page that opened this window, if that is a page of this house, and to no other.

const token = JSON.parse(document.getElementById("inside-token").textContent);
if (window.opener) window.opener.postMessage({ inside: token }, location.origin);
else document.querySelector("[data-alone]").hidden = false;
