package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.server.ArtifactServer;
import dev.sluice.artifact.server.ArtifactServerOptions;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.reconciler.browser.Browser;
import dev.sluice.reconciler.browser.Tab;
import io.kubernetes.client.openapi.ApiException;
import io.kubernetes.client.openapi.apis.CoreV1Api;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1ObjectMeta;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Assumptions;
import org.springframework.util.FileSystemUtils;

/** A browser, and a reconciler with its console, the shop, the hostile tenant and a server of the volume. */
final class BrowsedConsole implements AutoCloseable {

    private final Scenario scenario;
    private final ArtifactServer server;

    /** It starts meanwhile. */
    private final CompletableFuture<Browser> browser;

    private final Path temporary;
    private final BrowsedShop shop;
    private final BrowsedHostiles hostiles;

    private BrowsedConsole(
            Scenario scenario, ArtifactServer server, CompletableFuture<Browser> browser, Path temporary) {
        this.scenario = scenario;
        this.server = server;
        this.browser = browser;
        this.temporary = temporary;
        this.shop = new BrowsedShop(scenario);
        this.hostiles = new BrowsedHostiles(scenario);
    }

    /** Everything that tests need. */
    static BrowsedConsole start(KubernetesApi api) throws Exception {
        return start(api, true);
    }

    /** Only the shop, for pictures. */
    static BrowsedConsole ofShop(KubernetesApi api) throws Exception {
        return start(api, false);
    }

    private static BrowsedConsole start(KubernetesApi api, boolean withHostiles) throws Exception {
        Path program = Browser.find().orElse(null);
        if (program == null) {
            System.out.println(
                    "ConsoleInBrowserIT: no Chromium; skipping the console in a browser; see .ci/chromium.sh");
        }
        Assumptions.assumeTrue(program != null, "no Chromium");
        Path temporary = Files.createTempDirectory("sluice-console-");
        Scenario scenario = new Scenario(api, "live", temporary);
        ArtifactServer server = ArtifactServer.open(ArtifactServerOptions.of(
                scenario.storage(), new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)));
        Path profile = Files.createDirectory(temporary.resolve("browser"));
        CompletableFuture<Browser> browser = CompletableFuture.supplyAsync(() -> start(program, profile));
        BrowsedConsole console = new BrowsedConsole(scenario, server, browser, temporary);
        try {
            console.create(new CoreV1Api(api.newClient()), withHostiles);
            return console;
        } catch (Exception | AssertionError e) {
            console.close();
            throw e;
        }
    }

    private static Browser start(Path program, Path profile) {
        try {
            return Browser.start(program, profile);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void create(CoreV1Api core, boolean withHostiles) throws ApiException, IOException {
        for (String namespace : List.of("live", BrowsedShop.NAMESPACE, BrowsedHostiles.NAMESPACE)) {
            core.createNamespace(new V1Namespace().metadata(new V1ObjectMeta().name(namespace)))
                    .execute();
        }
        shop.create();
        if (withHostiles) {
            scenario.publish("app", "main@sha1:1", Map.of("values.yaml", "x: 1\n"));
            hostiles.create();
        }
        scenario.start(
                "--console-addr=127.0.0.1:0",
                "--requeue-dependency=1m",
                "--max-retry-delay=1m",
                "--storage-adv-addr=127.0.0.1:" + server.address().getPort());
        shop.awaitAll();
        if (withHostiles) {
            hostiles.awaitAll();
        }
    }

    /** The objects of the namespace {@code live}, which a test changes. */
    Scenario scenario() {
        return scenario;
    }

    BrowsedShop shop() {
        return shop;
    }

    BrowsedHostiles hostiles() {
        return hostiles;
    }

    Tab open() {
        return browser.join().open();
    }

    String address(String path) {
        return "http://127.0.0.1:" + scenario.consolePort() + path;
    }

    /** Opens a page that exists and fails if it does anything that a page of the console must not do. */
    void open(Tab tab, String path) {
        assertThat(tab.open(address(path))).as(path).isEqualTo(200);
        assertQuiet(tab, path);
    }

    static void assertQuiet(Tab tab, String name) {
        assertThat(tab.takeProblems()).as(name).isEmpty();
    }

    /** The page is not wider than the window. */
    static void assertFits(Tab tab, String name) {
        assertThat(tab.evaluate("document.documentElement.scrollWidth").getAsInt())
                .as("width of " + name)
                .isLessThanOrEqualTo(tab.evaluate("window.innerWidth").getAsInt());
    }

    @Override
    public void close() {
        browser.thenAccept(Browser::close).exceptionally(failed -> null).join();
        scenario.close();
        server.close();
        // processes of the browser may still be writing
        await().ignoreExceptions().until(() -> {
            FileSystemUtils.deleteRecursively(temporary);
            return !Files.exists(temporary);
        });
    }
}
