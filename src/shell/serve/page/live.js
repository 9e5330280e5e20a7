// The connection to the server: made again whenever it breaks.

const SHORTEST = 100;
const LONGEST = 2000;

class Live {
  #socket = null;
  #timer = null;
  #delay = SHORTEST;
  #hiddenSince = 0;

  /** `there` fails if the server can't be reached; `say` is told how it stands: `live`, `lost`. */
  constructor({ address, hello, take, say, there }) {
    Object.assign(this, { address, hello, take, say, there });
  }

  start() {
    this.#connect();
    addEventListener("online", () => this.#anew());
    addEventListener("pageshow", (event) => event.persisted && this.#anew());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.#hiddenSince = Date.now();
      // A connection that slept through is often dead without knowing.
      else if (!this.#socket || this.#socket.readyState !== WebSocket.OPEN || Date.now() - this.#hiddenSince > 30_000) this.#anew();
    });
    // A machine that slept is noticed by the clock.
    let last = Date.now();
    setInterval(() => {
      if (!document.hidden && Date.now() - last > 20_000) this.#anew();
      last = Date.now();
    }, 5000);
  }

  /** Starts over at once, whatever there is. */
  #anew() {
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
    this.#delay = SHORTEST;
    this.#retry(0);
  }

  #retry(delay) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(async () => {
      // Asked plainly first: browsers hold back WebSockets that failed a few times, and don't say why they failed.
      try {
        await this.there();
      } catch {
        this.say("lost");
        this.#later();
        return;
      }
      this.#connect();
    }, delay);
  }

  #later() {
    this.#retry(this.#delay);
    this.#delay = Math.min(this.#delay * 2, LONGEST);
  }

  #connect() {
    this.#socket?.close();
    const socket = (this.#socket = new WebSocket(this.address));
    socket.addEventListener("open", () => socket.send(JSON.stringify(this.hello())));
    socket.addEventListener("message", (event) => {
      if (socket !== this.#socket) return;
      this.#delay = SHORTEST;
      this.say("live");
      this.take(JSON.parse(event.data));
    });
    socket.addEventListener("close", () => {
      if (socket !== this.#socket) return;
      this.#socket = null;
      this.say("lost");
      this.#later();
    });
  }
}
