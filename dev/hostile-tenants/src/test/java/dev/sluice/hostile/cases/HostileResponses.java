package dev.sluice.hostile.cases;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sluice.hostile.harness.Tenant;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** Responses that a hostile source host sends instead of an artifact. */
final class HostileResponses {

    private static final int CHUNK = 1 << 16;

    /** Limit for the endless responses, so that a defect does not fill the disk of the build machine. */
    private static final long MAX_BYTES = 5L << 30;

    private HostileResponses() {}

    static HttpHandler status(int code, String... headers) {
        return exchange -> {
            for (int i = 0; i < headers.length; i += 2) {
                exchange.getResponseHeaders().add(headers[i], headers[i + 1]);
            }
            exchange.sendResponseHeaders(code, -1);
        };
    }

    static HttpHandler redirect(String location) {
        return status(302, "Location", location);
    }

    /** Sends one byte after each pause until the attack is over. */
    static HttpHandler slowly(Tenant tenant, Duration pause) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            OutputStream body = exchange.getResponseBody();
            while (tenant.isActive()) {
                body.write(0x1f);
                body.flush();
                wait(tenant, pause);
            }
        };
    }

    /** Accepts the request and never responds. */
    static HttpHandler silence(Tenant tenant) {
        return exchange -> wait(tenant, Duration.ofHours(1));
    }

    /** Endless random bytes, at about 100 MB/s. */
    static HttpHandler endless(Tenant tenant) {
        return stream(tenant, random());
    }

    /** Repeats the same bytes endlessly. */
    static HttpHandler stream(Tenant tenant, byte[] chunk) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            pour(tenant, exchange, chunk);
        };
    }

    private static void pour(Tenant tenant, HttpExchange exchange, byte[] chunk) throws IOException {
        OutputStream body = exchange.getResponseBody();
        for (long sent = 0; tenant.isActive() && sent < MAX_BYTES; sent += chunk.length) {
            body.write(chunk);
            LockSupport.parkNanos(chunk.length * 10L);
        }
        wait(tenant, Duration.ofHours(1));
    }

    private static byte[] random() {
        byte[] bytes = new byte[CHUNK];
        new Random(1).nextBytes(bytes);
        return bytes;
    }

    private static void wait(Tenant tenant, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        while (tenant.isActive() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
