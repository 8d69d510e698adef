package dev.sluice.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.RawHttp;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** Clients that download again and again, each in its own thread, until one download fails or the test ends. */
final class DownloadLoad implements Closeable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** Between two downloads of a client: without it, they occupy the processors during the test's own waits. */
    private static final Duration PAUSE = Duration.ofMillis(20);

    /** Downloads and verifies the content. */
    interface Client {
        void download() throws IOException;
    }

    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicIntegerArray downloads;
    private final List<Future<?>> clients = new ArrayList<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    DownloadLoad(Client... all) {
        downloads = new AtomicIntegerArray(all.length);
        for (int i = 0; i < all.length; i++) {
            int number = i;
            clients.add(threads.submit(() -> run(all[number], number)));
        }
    }

    private Void run(Client client, int number) throws IOException {
        while (!over.get()) {
            client.download();
            downloads.incrementAndGet(number);
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return null;
    }

    /** A client with a connection for each download. */
    static Client connecting(InetSocketAddress server, SSLContext context, byte[] expected) {
        return () -> {
            try (RawHttp http = RawHttp.overTls(server, context)) {
                request(http);
                assertThat(http.body(http.receiveHead())).isEqualTo(expected);
            }
        };
    }

    private static void request(RawHttp http) throws IOException {
        http.send("GET", "/a.tar.gz");
    }

    /**
     * A client that keeps its connection until a response ends it. Like all HTTP clients, it repeats a request if a kept
     * connection ends before the first byte of the response (RFC 9112, section 9.3.1). A response that begins and breaks
     * off, or none within the time limit of the connection, is a failure.
     */
    static Client keeping(InetSocketAddress server, SSLContext context, byte[] expected) {
        return new Client() {
            private @Nullable RawHttp connection;

            @Override
            public void download() throws IOException {
                RawHttp kept = connection;
                connection = null;
                if (kept != null) {
                    if (isAnswered(kept)) {
                        receive(kept);
                        return;
                    }
                    kept.close();
                }
                RawHttp connected = RawHttp.overTls(server, context);
                request(connected);
                receive(connected);
            }

            private boolean isAnswered(RawHttp kept) throws SocketTimeoutException {
                try {
                    request(kept);
                    return kept.awaitResponse();
                } catch (SocketTimeoutException hung) {
                    throw hung;
                } catch (IOException closed) {
                    return false;
                }
            }

            private void receive(RawHttp from) throws IOException {
                RawHttp.Reply head = from.receiveHead();
                assertThat(from.body(head)).isEqualTo(expected);
                boolean ends = head.header("Connection").equals("close");
                if (ends) {
                    from.close();
                }
                connection = ends ? null : from;
            }
        };
    }

    int downloads() {
        return counts().sum();
    }

    private IntStream counts() {
        return IntStream.range(0, clients.size()).map(downloads::get);
    }

    private boolean hasFailed() {
        return clients.stream().anyMatch(Future::isDone);
    }

    /** Waits until each client has begun and completed a download. */
    void awaitMore() {
        int[] before = counts().toArray();
        await().atMost(LIMIT)
                .pollInterval(PAUSE)
                .until(() -> hasFailed()
                        || IntStream.range(0, before.length).allMatch(i -> downloads.get(i) >= before[i] + 2));
    }

    /** Waits for the running downloads; fails if one has failed. */
    void end() throws InterruptedException, ExecutionException, TimeoutException {
        over.set(true);
        for (Future<?> client : clients) {
            client.get(LIMIT.toSeconds(), TimeUnit.SECONDS);
        }
    }

    @Override
    public void close() {
        over.set(true);
        threads.shutdownNow();
    }
}
