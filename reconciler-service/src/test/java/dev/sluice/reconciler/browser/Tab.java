package dev.sluice.reconciler.browser;

import static org.awaitility.Awaitility.await;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonNull;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BooleanSupplier;

/**
 * A tab. It records what a page of the console must not do: log an error, violate its policy, open a dialog or a window,
 * or request another host.
 */
public final class Tab implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Duration POLL = Duration.ofMillis(10);

    private final DevTools tools;
    private final String session;
    private final String context;
    private final Set<String> loaded = ConcurrentHashMap.newKeySet();
    private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
    private final Queue<String> problems = new ConcurrentLinkedQueue<>();
    private volatile String origin = "";

    Tab(DevTools tools, String session, String context) {
        this.tools = tools;
        this.session = session;
        this.context = context;
        tools.listen(session, this::happened);
        for (String domain : List.of("Page", "Runtime", "Log", "Network")) {
            call(domain + ".enable", Map.of());
        }
        call("Page.setLifecycleEventsEnabled", Map.of("enabled", true));
    }

    private JsonObject call(String method, Map<String, ?> parameters) {
        return tools.call(session, method, parameters);
    }

    private void happened(String method, JsonObject event) {
        switch (method) {
            case "Page.lifecycleEvent" -> {
                if (event.get("name").getAsString().equals("load")) {
                    loaded.add(event.get("loaderId").getAsString());
                }
            }
            case "Network.responseReceived" -> {
                if (event.get("type").getAsString().equals("Document")) {
                    statuses.put(
                            event.get("loaderId").getAsString(),
                            event.getAsJsonObject("response").get("status").getAsInt());
                }
            }
            case "Network.requestWillBeSent" ->
                requested(event.getAsJsonObject("request").get("url").getAsString());
            case "Page.javascriptDialogOpening" -> {
                problems.add("dialog: " + event.get("message"));
                var unused = tools.send(session, "Page.handleJavaScriptDialog", Map.of("accept", false));
            }
            case "Page.windowOpen" -> problems.add("window: " + event.get("url"));
            case "Runtime.exceptionThrown" -> problems.add("exception: " + event);
            case "Runtime.consoleAPICalled" -> problems.add("console: " + event.get("args"));
            case "Log.entryAdded" -> logged(event.getAsJsonObject("entry"));
            default -> {}
        }
    }

    private void requested(String url) {
        if (!origin.isEmpty() && !url.startsWith(origin)) {
            problems.add("request: " + url);
        }
    }

    /** Ignores an error status, because the test requested that page. */
    private void logged(JsonObject entry) {
        if (!entry.get("text")
                .getAsString()
                .startsWith("Failed to load resource: the server responded with a status")) {
            problems.add("log: %s %s".formatted(entry.get("text"), entry.get("url")));
        }
    }

    /** Navigates, waits until the page is loaded, and returns its HTTP status. All requests must go to its origin. */
    public int open(String url) {
        URI address = URI.create(url);
        origin = address.isOpaque() ? "" : "%s://%s/".formatted(address.getScheme(), address.getAuthority());
        JsonObject navigation = call("Page.navigate", Map.of("url", url));
        if (navigation.has("errorText")) {
            throw new IllegalStateException(url + ": " + navigation.get("errorText"));
        }
        String loader = navigation.get("loaderId").getAsString();
        await(url).atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(POLL).until(() -> loaded.contains(loader));
        return statuses.getOrDefault(loader, 0);
    }

    /** Clicks the first element that matches, and waits until the next page is loaded. */
    public void follow(String selector) {
        Set<String> before = Set.copyOf(loaded);
        run("document.querySelector(%s).dispatchEvent(new MouseEvent('click', {bubbles: true, cancelable: true}))"
                .formatted(quoted(selector)));
        until(selector, () -> !before.containsAll(loaded));
    }

    /** Evaluates an expression; waits for the result of a promise. */
    public JsonElement evaluate(String expression) {
        JsonObject answer =
                call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
        if (answer.has("exceptionDetails")) {
            throw new IllegalStateException(expression + ": " + answer.get("exceptionDetails"));
        }
        JsonElement value = answer.getAsJsonObject("result").get("value");
        return value == null ? JsonNull.INSTANCE : value;
    }

    /** Evaluates an expression for its effect. */
    public void run(String expression) {
        call("Runtime.evaluate", Map.of("expression", expression, "userGesture", true));
    }

    public boolean is(String expression) {
        return evaluate(expression).getAsBoolean();
    }

    public void awaitThat(String expression) {
        until(expression, () -> is(expression));
    }

    private static void until(String name, BooleanSupplier condition) {
        await(name).atMost(LIMIT).pollDelay(Duration.ZERO).pollInterval(POLL).until(condition::getAsBoolean);
    }

    /** The text that a reader sees. */
    public String text() {
        return evaluate("document.body.innerText").getAsString();
    }

    /** Presses a key as a user. */
    public void press(String key) {
        for (String type : List.of("keyDown", "keyUp")) {
            call("Input.dispatchKeyEvent", Map.of("type", type, "key", key, "code", key, "windowsVirtualKeyCode", 9));
        }
    }

    /** Runs a script in every page before its own scripts. */
    public void beforeEachPage(String script) {
        call("Page.addScriptToEvaluateOnNewDocument", Map.of("source", script));
    }

    public Tab withScripts(boolean enabled) {
        call("Emulation.setScriptExecutionDisabled", Map.of("value", !enabled));
        return this;
    }

    /**
     * Sets the preferred colours.
     *
     * @param scheme {@code light} or {@code dark}
     */
    public Tab withColors(String scheme) {
        call(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
        return this;
    }

    /**
     * Sets the size of the window.
     *
     * @param scale device pixels for each CSS pixel
     */
    public Tab withSize(int width, int height, int scale, boolean phone) {
        Map<String, Object> size = new HashMap<>();
        size.put("width", width);
        size.put("height", height);
        size.put("deviceScaleFactor", scale);
        size.put("mobile", phone);
        call("Emulation.setDeviceMetricsOverride", size);
        return this;
    }

    /** Writes what is visible; the extension of the file names the format. */
    public void picture(Path file) throws IOException {
        String name = file.getFileName().toString();
        String format = name.substring(name.lastIndexOf('.') + 1);
        Map<String, Object> options = new HashMap<>(Map.of("format", format, "optimizeForSpeed", false));
        if (!format.equals("png")) {
            options.put("quality", 80);
        }
        String data = call("Page.captureScreenshot", options).get("data").getAsString();
        Files.write(file, Base64.getDecoder().decode(data));
    }

    /** What pages have done that they must not do; forgets it. */
    public List<String> takeProblems() {
        evaluate("0"); // the events before this answer have been received
        List<String> all = List.copyOf(problems);
        problems.clear();
        return all;
    }

    /** A string as a literal of JavaScript. */
    public static String quoted(String text) {
        return new Gson().toJson(text);
    }

    @Override
    public void close() {
        tools.call(null, "Target.disposeBrowserContext", Map.of("browserContextId", context));
    }
}
