package dev.sluice.kubetest.proxy;

import java.time.Duration;

/** Passes, holds or delays data. */
final class ProxyGate {

    private boolean shut;
    private Duration delay = Duration.ZERO;

    synchronized void shut() {
        shut = true;
    }

    synchronized void open() {
        shut = false;
        notifyAll();
    }

    synchronized void delay(Duration duration) {
        delay = duration;
        notifyAll();
    }

    /** Blocks until the next data can be passed on. */
    synchronized void pass() throws InterruptedException {
        long arrived = System.nanoTime();
        while (true) {
            long remaining = delay.toNanos() - (System.nanoTime() - arrived);
            if (shut) {
                wait();
            } else if (remaining > 0) {
                wait(remaining / 1_000_000 + 1);
            } else {
                return;
            }
        }
    }
}
