package dev.sluice.launcher.process;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits until a starting service responds. */
public final class ServiceStart {

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int SERVER_ERROR = 500;

    private final Duration limit;
    private final HttpClient http;

    public ServiceStart(Duration limit) {
        this.limit = limit;
        this.http = HttpClient.newBuilder().connectTimeout(limit).build();
    }

    /**
     * Waits until the address responds.
     *
     * @param alive whether the service still runs
     * @return false if the limit passed or the service exited
     */
    public boolean awaitServing(URI address, BooleanSupplier alive) throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        while (!isServed(address)) {
            if (!alive.getAsBoolean() || System.nanoTime() - end > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(PAUSE.toMillis());
        }
        return true;
    }

    /** Whether the address responds with a status below 500. */
    public boolean isServed(URI address) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address).timeout(limit).build();
        try {
            return http.send(request, BodyHandlers.discarding()).statusCode() < SERVER_ERROR;
        } catch (IOException notYet) {
            return false;
        }
    }
}
