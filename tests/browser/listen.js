// Put into every page before its own scripts: is anything still to come of what was done on the page?
// Five things can be: a debounced handler, a file under way, a run of the script that was asked for, its drawing, and the
// program that draws an element, which is fetched when it is first needed.
(() => {
    const DEBOUNCE_MS = 700; // the longest that a widget or a scene waits before it acts on what was done
    const DEPTH = 3; // a timer set by a timer set by a timer: no debounce, but something that ticks
    const QUIET_MS = 50; // a run asked for while the last one ended is announced by then
    const GIVE_UP_MS = 10_000; // what has not been answered by then was no question

    const timers = new Map();
    let depth = 0;
    const setTimer = window.setTimeout.bind(window);
    const clearTimer = window.clearTimeout.bind(window);
    window.setTimeout = (handler, delay = 0, ...given) => {
        if (typeof handler !== "function") return setTimer(handler, delay, ...given);
        const here = depth + 1;
        const timer = setTimer((...values) => {
            timers.delete(timer);
            const outer = depth;
            depth = here;
            try {
                handler.apply(window, values);
            } finally {
                depth = outer;
            }
        }, delay, ...given);
        if (delay <= DEBOUNCE_MS && here <= DEPTH) timers.set(timer, { delay, handler });
        return timer;
    };
    window.clearTimeout = (timer) => {
        timers.delete(timer);
        clearTimer(timer);
    };

    let files = 0;
    const sendFile = XMLHttpRequest.prototype.send;
    XMLHttpRequest.prototype.send = function (...given) {
        files += 1;
        this.addEventListener("loadend", () => { files -= 1; });
        return sendFile.apply(this, given);
    };

    // A message of the protocol is one field of a "oneof"; of its bytes only the number of that field is read.
    const NEW_SESSION = 4, SCRIPT_FINISHED = 6, EARLY_FOR_RERUN = 2, HEARTBEAT_ACK = 26, HEARTBEAT = 17;
    const talk = { asked: 0, told: 0, isRunning: true };
    const fieldsOf = (bytes) => {
        const fields = new Map();
        let at = 0;
        const number = () => {
            let value = 0;
            for (let factor = 1; ; factor *= 128) {
                const byte = bytes[at++];
                value += (byte & 127) * factor;
                if (byte < 128 || byte === undefined) return value;
            }
        };
        while (at < bytes.length) {
            const key = number();
            if ((key & 7) === 0) fields.set(key >>> 3, number());
            else if ((key & 7) === 2) {
                const length = number(); // before `at` is read: it moves on by it
                fields.set(key >>> 3, length);
                at += length;
            } else break;
        }
        return fields;
    };
    const bytesOf = (data) => new Uint8Array(data.buffer ?? data, data.byteOffset ?? 0, data.byteLength);
    window.WebSocket = class extends window.WebSocket {
        constructor(...given) {
            super(...given);
            this.addEventListener("message", ({ data }) => {
                if (!(data instanceof ArrayBuffer)) return;
                const fields = fieldsOf(bytesOf(data));
                if (fields.has(HEARTBEAT_ACK)) return;
                talk.told = performance.now();
                if (fields.has(NEW_SESSION)) talk.isRunning = true;
                if (fields.has(SCRIPT_FINISHED)) talk.isRunning = fields.get(SCRIPT_FINISHED) === EARLY_FOR_RERUN;
            });
        }
        send(data) {
            if (typeof data === "string" || !fieldsOf(bytesOf(data)).has(HEARTBEAT)) talk.asked = performance.now();
            super.send(data);
        }
    };

    window.stillToCome = () => {
        const now = performance.now();
        const isAnswered = talk.told > talk.asked ? now - talk.told > QUIET_MS : now - talk.asked > GIVE_UP_MS;
        const isFetched = document.querySelector("[data-testid=stSkeleton]") === null; // the program of every element
        const isDrawn = document.querySelector("[data-testid=stApp][data-test-script-state=notRunning]") !== null;
        return [
            ...Array.from(timers.values(), ({ delay, handler }) => `after ${delay} ms: ${String(handler).slice(0, 80)}`),
            files > 0 && `${files} files are under way`,
            (talk.told === 0 || !isAnswered) && "the server has not answered",
            talk.isRunning && "a run has not ended",
            !isDrawn && "a run is not drawn",
            !isFetched && "the program of an element is being fetched",
        ].filter(Boolean);
    };
})();
