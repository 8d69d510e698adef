package dev.sluice.controller.request;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * Holds the requests of a client to so many a second: a token bucket, as {@code --kube-api-qps} and
 * {@code --kube-api-burst} of Flux controllers. Add it to the client's OkHttp client as an interceptor.
 *
 * <p>Requests wait their turn in the order in which they come. Thread-safe.
 */
public final class RateLimit implements Interceptor {

    private final long nanosPerRequest;
    private final long burstNanos;
    private final LongSupplier nanoTime;

    /** The time at which the bucket would be full; the room before it, in time, is what may be spent. */
    private long fullAt;

    /**
     * A limit.
     *
     * @param requestsPerSecond on average
     * @param burst how many requests may come at once after a pause
     * @throws IllegalArgumentException if one of them is not positive
     */
    public RateLimit(double requestsPerSecond, int burst) {
        this(requestsPerSecond, burst, System::nanoTime);
    }

    RateLimit(double requestsPerSecond, int burst, LongSupplier nanoTime) {
        if (!(requestsPerSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("a limit of " + requestsPerSecond + " requests a second with a burst of "
                    + burst + ": both must be positive");
        }
        this.nanosPerRequest = (long) (TimeUnit.SECONDS.toNanos(1) / requestsPerSecond);
        this.burstNanos = nanosPerRequest * burst;
        this.nanoTime = nanoTime;
        this.fullAt = nanoTime.getAsLong();
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        try {
            TimeUnit.NANOSECONDS.sleep(reserve());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the rate limit of the Kubernetes API");
        }
        return chain.proceed(chain.request());
    }

    /** Takes a place and says how long to wait for it. */
    synchronized long reserve() {
        long now = nanoTime.getAsLong();
        if (fullAt - now < 0) {
            fullAt = now;
        }
        fullAt += nanosPerRequest;
        return Math.max(0, fullAt - now - burstNanos);
    }
}
