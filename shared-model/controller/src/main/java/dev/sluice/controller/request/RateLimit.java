package dev.sluice.controller.request;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import okhttp3.Interceptor;
import okhttp3.Response;

/**
 * A client-side rate limit for the Kubernetes API: a token bucket like {@code --kube-api-qps} and {@code
 * --kube-api-burst} of Flux controllers. Add it to the client's OkHttp client as an interceptor.
 *
 * <p>Requests proceed in the order in which they arrive. Thread-safe.
 */
public final class RateLimit implements Interceptor {

    private final long nanosPerRequest;
    private final long burstNanos;
    private final LongSupplier nanoTime;

    /** When the bucket will be full again; tokens are counted as time before that. */
    private long fullAt;

    /**
     * Creates a rate limit.
     *
     * @param requestsPerSecond average rate
     * @param burst number of requests that may be sent at once after a pause
     * @throws IllegalArgumentException if either is not positive
     */
    public RateLimit(double requestsPerSecond, int burst) {
        this(requestsPerSecond, burst, System::nanoTime);
    }

    RateLimit(double requestsPerSecond, int burst, LongSupplier nanoTime) {
        if (!(requestsPerSecond > 0) || burst < 1) {
            throw new IllegalArgumentException("invalid rate limit of " + requestsPerSecond
                    + " requests per second with a burst of " + burst + ": both must be positive");
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
            throw new InterruptedIOException("interrupted while waiting for the Kubernetes API rate limit");
        }
        return chain.proceed(chain.request());
    }

    /** Takes a token and returns the time to wait for it, in nanoseconds. */
    synchronized long reserve() {
        long now = nanoTime.getAsLong();
        if (fullAt - now < 0) {
            fullAt = now;
        }
        fullAt += nanosPerRequest;
        return Math.max(0, fullAt - now - burstNanos);
    }
}
