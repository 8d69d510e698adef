package dev.sluice.runtime.profile;

import dev.sluice.runtime.Service;
import dev.sluice.runtime.flag.Flag;
import dev.sluice.runtime.flag.FlagSet;
import dev.sluice.runtime.flag.FlagType;
import dev.sluice.runtime.flag.SharedFlags;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** A minimal service on free loopback ports. */
final class ProfiledService implements AutoCloseable {

    /** A minimal application; it does not scan for components, so that it does not find those of other tests. */
    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {}

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private ProfiledService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    static ProfiledService start(String... arguments) {
        FlagSet flags = FlagSet.of("profiled", "A test.")
                .with(
                        "Operations",
                        Flag.of("management-addr", FlagType.LISTEN_ADDRESS, "127.0.0.1:0", "Metrics.")
                                .implying(SharedFlags::managementServer),
                        Flag.of("addr", FlagType.LISTEN_ADDRESS, "127.0.0.1:0", "The service.")
                                .implying(SharedFlags::mainServer),
                        SharedFlags.debugEndpoints())
                .with("Logging", SharedFlags.logging());
        return new ProfiledService(Service.of(Application.class, flags).start(arguments));
    }

    URI uri(String path) {
        return URI.create(
                "http://127.0.0.1:" + context.getEnvironment().getRequiredProperty("local.management.port") + path);
    }

    /** Sends a request from another address than loopback, with headers as pairs of name and value. */
    HttpResponse<byte[]> getFrom(InetAddress address, String path, String... headers) {
        String host = address.getHostAddress();
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(uri(path).toString().replace("127.0.0.1", host)));
        return send(
                headers.length == 0 ? request.build() : request.headers(headers).build());
    }

    HttpResponse<byte[]> get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).build());
    }

    HttpResponse<byte[]> post(String path, String json) {
        return send(HttpRequest.newBuilder(uri(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(json))
                .build());
    }

    /** Sends a request that can be cancelled, which closes its connection. */
    CompletableFuture<HttpResponse<byte[]>> begin(String path) {
        return http.sendAsync(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofByteArray());
    }

    private HttpResponse<byte[]> send(HttpRequest request) {
        return http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray())
                .orTimeout(Duration.ofSeconds(90).toSeconds(), TimeUnit.SECONDS)
                .join();
    }

    @Override
    public void close() {
        context.close();
    }
}
