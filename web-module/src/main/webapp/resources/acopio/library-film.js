"use strict";

/** Pictures of films, which the browser draws: the server decodes none. */
library.film = (() => {
  const TYPES = ["video/mp4", "video/x-m4v", "video/webm", "video/quicktime", "video/ogg"];
  const SIDE = 256;

  /** Most begin in black. */
  const SECOND = 1;

  /** More would take the connections that the rest of the page needs. */
  const MOST_AT_ONCE = 2;
  const PATIENCE_MS = 15_000;

  const waiting = [];
  let running = 0;

  /** Whether it is worth trying; what is in the film decides. */
  const plays = (file) => TYPES.includes(file.mediaType);

  /** Puts a picture of the film at this address in the place of an element, once it can be had. */
  function poster(address, place) {
    waiting.push({ address, place });
    next();
  }

  async function next() {
    if (running >= MOST_AT_ONCE || waiting.length === 0) return;
    const { address, place } = waiting.shift();
    if (place.isConnected) {
      running++;
      const picture = await frame(address);
      running--;
      if (picture) place.replaceWith(picture);
    }
    next();
  }

  /** A canvas; null when the browser cannot play the film. The film itself is let go at once. */
  function frame(address) {
    return new Promise((resolve) => {
      const film = acopio.make("video", { preload: "metadata", playsinline: true });
      film.muted = true;
      const end = (picture) => {
        clearTimeout(patience);
        film.removeAttribute("src");
        film.load();
        resolve(picture);
      };
      const patience = setTimeout(() => end(null), PATIENCE_MS);
      film.addEventListener("loadedmetadata", () => (film.currentTime = Math.min(SECOND, film.duration / 2)));
      film.addEventListener("seeked", () => end(film.videoWidth > 0 ? drawn(film) : null), { once: true });
      film.addEventListener("error", () => end(null));
      film.src = address;
    });
  }

  function drawn(film) {
    const canvas = acopio.make("canvas", { "aria-hidden": "true" });
    const scale = Math.min(1, SIDE / Math.min(film.videoWidth, film.videoHeight));
    canvas.width = Math.max(1, Math.round(film.videoWidth * scale));
    canvas.height = Math.max(1, Math.round(film.videoHeight * scale));
    canvas.getContext("2d").drawImage(film, 0, 0, canvas.width, canvas.height);
    return canvas;
  }

  return { plays, poster };
})();
