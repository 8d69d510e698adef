package dev.sluice.hostile.cases;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.sluice.hostile.arena.Tenant;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** What a host may answer in place of an artifact. */
final class Answers {

    private static final int CHUNK = 1 << 16;

    /** No test may fill the disk of the machine it runs on. */
    private static final long MOST_BYTES = 5L << 30;

    private Answers() {}

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

    /** A byte, a pause, a byte, a pause, until the attack is over. */
    static HttpHandler slowly(Tenant tenant, Duration pause) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            OutputStream body = exchange.getResponseBody();
            while (tenant.isGoing()) {
                body.write(0x1f);
                body.flush();
                wait(tenant, pause);
            }
        };
    }

    /** Takes the request and says nothing. */
    static HttpHandler silence(Tenant tenant) {
        return exchange -> wait(tenant, Duration.ofHours(1));
    }

    /** Random bytes, a hundred megabytes a second, without an end. */
    static HttpHandler endless(Tenant tenant) {
        return stream(tenant, random());
    }

    /** The same bytes over and over. */
    static HttpHandler stream(Tenant tenant, byte[] chunk) {
        return exchange -> {
            exchange.sendResponseHeaders(200, 0);
            pour(tenant, exchange, chunk);
        };
    }

    private static void pour(Tenant tenant, HttpExchange exchange, byte[] chunk) throws IOException {
        OutputStream body = exchange.getResponseBody();
        for (long sent = 0; tenant.isGoing() && sent < MOST_BYTES; sent += chunk.length) {
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
        while (tenant.isGoing() && System.nanoTime() < end) {
            LockSupport.parkNanos(Duration.ofMillis(100).toNanos());
        }
    }
}
