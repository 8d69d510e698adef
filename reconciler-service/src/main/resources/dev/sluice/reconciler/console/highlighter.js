"use strict";
// Marks the syntax of a text, apart from the page, which ends this worker if it takes too long.
importScripts("/assets/highlight.min.js");
self.addEventListener("message", (event) => {
  const { text, language } = event.data;
  self.postMessage(self.hljs.highlight(text, { language, ignoreIllegals: true }).value);
});
