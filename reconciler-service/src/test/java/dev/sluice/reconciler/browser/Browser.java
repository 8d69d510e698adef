package dev.sluice.reconciler.browser;

import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A headless Chromium, which sees only loopback addresses. Ends with {@link #close}. */
public final class Browser implements AutoCloseable {

    /** The environment variable with the program. */
    public static final String VARIABLE = "SLUICE_CHROMIUM";

    private static final List<String> NAMES = List.of("chromium", "google-chrome", "chromium-browser");
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private static final List<String> OPTIONS = List.of(
            "--headless",
            "--no-sandbox", // needs privileges that a build does not have
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--disable-extensions",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-first-run",
            "--no-default-browser-check",
            "--hide-scrollbars",
            "--force-color-profile=srgb",
            "--lang=en",
            "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
            "--remote-debugging-port=0");

    private final Process process;
    private final DevTools tools;

    private Browser(Process process, DevTools tools) {
        this.process = process;
        this.tools = tools;
    }

    /** The program of {@link #VARIABLE}, or the one on the path. */
    public static Optional<Path> find() {
        String named = System.getenv().getOrDefault(VARIABLE, "");
        if (!named.isEmpty()) {
            return Optional.of(Path.of(named));
        }
        String[] path = System.getenv().getOrDefault("PATH", "").split(File.pathSeparator);
        return NAMES.stream()
                .flatMap(name -> Stream.of(path).map(directory -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Starts a browser.
     *
     * @param directory an empty directory for its profile and its log
     */
    public static Browser start(Path program, Path directory) throws IOException {
        Path profile = directory.resolve("profile");
        Path log = directory.resolve("browser.log");
        List<String> command = new ArrayList<>(List.of(program.toString()));
        command.addAll(OPTIONS);
        command.add("--user-data-dir=" + profile);
        command.add("about:blank");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            return new Browser(process, DevTools.connect(address(process, profile.resolve("DevToolsActivePort"), log)));
        } catch (RuntimeException | IOException e) {
            end(process);
            throw e;
        }
    }

    /** The browser writes its port and the path of its WebSocket to a file. */
    private static URI address(Process process, Path file, Path log) throws IOException {
        await("DevTools of the browser")
                .atMost(LIMIT)
                .until(() -> !process.isAlive()
                        || (Files.exists(file) && Files.readString(file).indexOf('\n') > 0));
        if (!Files.exists(file)) {
            throw new IOException("the browser does not start: " + Files.readString(log));
        }
        List<String> lines = Files.readAllLines(file);
        return URI.create("ws://127.0.0.1:%s%s".formatted(lines.get(0), lines.get(1)));
    }

    /** Opens a tab of its own profile. */
    public Tab open() {
        JsonObject context = tools.call(null, "Target.createBrowserContext", Map.of("disposeOnDetach", true));
        String contextId = context.get("browserContextId").getAsString();
        JsonObject target =
                tools.call(null, "Target.createTarget", Map.of("url", "about:blank", "browserContextId", contextId));
        JsonObject session = tools.call(
                null,
                "Target.attachToTarget",
                Map.of("targetId", target.get("targetId").getAsString(), "flatten", true));
        return new Tab(tools, session.get("sessionId").getAsString(), contextId);
    }

    @Override
    public void close() {
        tools.close();
        end(process);
    }

    private static void end(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroy);
        try {
            if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
                all.forEach(ProcessHandle::destroyForcibly);
            }
        } catch (InterruptedException e) {
            all.forEach(ProcessHandle::destroyForcibly);
            Thread.currentThread().interrupt();
        }
    }
}
