package dev.sluice.artifact.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import org.junit.jupiter.api.Test;

class CurrentClientTest {

    private final List<Client> created = new ArrayList<>();
    private Object certificates = "first";
    private final CurrentClient current = new CurrentClient(() -> certificates, this::create);

    private HttpClient create() {
        Client client = new Client();
        created.add(client);
        return client;
    }

    @Test
    void closesTheClientAfterTheLastDownload() {
        CurrentClient.Use one = current.use();
        CurrentClient.Use other = current.use();

        current.close();
        current.close();
        one.close();
        assertThat(created.get(0).closed).hasValue(0);
        other.close();

        await().untilAsserted(() -> assertThat(created.get(0).closed).hasValue(1));
        assertThatIllegalStateException().isThrownBy(current::use).withMessage("the fetcher is closed");
        assertThat(created).hasSize(1);
    }

    @Test
    void closesAnUnusedClientAtOnce() {
        current.close();

        await().untilAsserted(() -> assertThat(created.get(0).closed).hasValue(1));
    }

    @Test
    void closesAReplacedClient() {
        current.use().close();
        certificates = "second";
        current.use().close();

        await().untilAsserted(() -> assertThat(created.get(0).closed).hasValue(1));
        assertThat(created.get(1).closed).hasValue(0);
    }

    /** Can be closed, as clients since Java 21. */
    private static final class Client extends HttpClient implements AutoCloseable {

        private final AtomicInteger closed = new AtomicInteger();
        private final HttpClient real = HttpClient.newHttpClient();

        @Override
        public void close() {
            closed.incrementAndGet();
        }

        @Override
        public Optional<CookieHandler> cookieHandler() {
            return real.cookieHandler();
        }

        @Override
        public Optional<Duration> connectTimeout() {
            return real.connectTimeout();
        }

        @Override
        public Redirect followRedirects() {
            return real.followRedirects();
        }

        @Override
        public Optional<ProxySelector> proxy() {
            return real.proxy();
        }

        @Override
        public SSLContext sslContext() {
            return real.sslContext();
        }

        @Override
        public SSLParameters sslParameters() {
            return real.sslParameters();
        }

        @Override
        public Optional<Authenticator> authenticator() {
            return real.authenticator();
        }

        @Override
        public Version version() {
            return real.version();
        }

        @Override
        public Optional<Executor> executor() {
            return real.executor();
        }

        @Override
        public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, HttpResponse.BodyHandler<T> handler) {
            throw new UnsupportedOperationException();
        }

        @Override
        public <T> CompletableFuture<HttpResponse<T>> sendAsync(
                HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> pushes) {
            throw new UnsupportedOperationException();
        }
    }
}
