package dev.sluice.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.sluice.artifact.storage.Artifact;
import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.PerApi;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.reconciler.browser.Accessibility;
import dev.sluice.reconciler.browser.Tab;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the console in a real browser, with one reconciler and one browser for all tests. */
@KubernetesTest(TestedApi.IN_MEMORY)
class ConsoleInBrowserIT {

    private static final String GENERATOR = "/generators/shop/services";
    private static final String ARTIFACT = "/artifacts/shop/checkout";
    private static final int WITHIN_MILLIS = 1_000;

    @RegisterExtension
    static final PerApi<BrowsedConsole> SHARED = new PerApi<>(BrowsedConsole::start);

    private final BrowsedConsole console;
    private final Tab tab;

    ConsoleInBrowserIT(KubernetesApi api) throws Exception {
        console = SHARED.on(api);
        tab = console.open().withSize(1280, 800, 1, false);
    }

    @AfterEach
    void close() {
        tab.close();
    }

    private static List<String> pages() {
        return List.of(
                "/",
                "/?kind=artifacts&namespace=shop",
                "/?kind=sources&q=repo",
                "/graph?namespace=shop",
                GENERATOR,
                "/generators/shop/reports",
                GENERATOR + "/preview",
                ARTIFACT,
                ARTIFACT + "/files",
                ARTIFACT + "/file?path=deployment.yaml",
                ARTIFACT + "/provenance");
    }

    @Test
    void everyPageIsAccessibleInBothColoursAndFitsAPhone() {
        Accessibility accessibility = new Accessibility();
        for (String page : pages()) {
            console.open(tab.withColors("light"), page);
            tab.awaitThat("!document.querySelector('pre[data-language=yaml]')"
                    + " || document.querySelector('pre [class^=hljs-]') != null");
            assertThat(accessibility.violations(tab)).as(page).isEmpty();
            tab.withColors("dark");
            assertThat(accessibility.violationsOfContrast(tab))
                    .as(page + " in the dark")
                    .isEmpty();
            BrowsedConsole.assertFits(tab, page);
            tab.withSize(360, 740, 1, true);
            BrowsedConsole.assertFits(tab, page + " on a phone");
            tab.withSize(1280, 800, 1, false);
            BrowsedConsole.assertQuiet(tab, page);
        }
    }

    @Test
    void noticesWhatAPageMustNotDo() {
        console.open(tab, "/");
        tab.run("document.body.setAttribute('style', 'color: red')");
        assertThat(tab.takeProblems()).singleElement().asString().contains("Content Security Policy");
        tab.run("setTimeout(() => alert('x'))");
        tab.awaitThat("true");
        tab.run("fetch('http://127.0.0.2:1/').catch(() => 0)");
        tab.run("console.error('broken')");
        assertThat(String.join("\n", tab.takeProblems())).contains("127.0.0.2", "broken");
    }

    @Test
    void reachesEveryPageOfAnArtifactByLinks() {
        console.open(tab, "/?kind=artifacts&q=checkout");
        tab.follow("#list a[href='" + ARTIFACT + "']");
        assertThat(tab.text()).contains("shop/checkout", "Ready", BrowsedShop.FIRST.substring(0, 12));
        tab.follow("a[href*='/files?']");
        tab.follow("a[href$='path=values.yaml']");
        assertThat(tab.text()).contains("replicas: 3", "memory: 256Mi");
        tab.follow("a[href*='/provenance']");
        assertThat(tab.text())
                .contains("This is how the published artifact was built.", "values.yaml")
                .contains(
                        "@repo/services/checkout/values.yaml",
                        "@repo/environments/production.yaml",
                        "merged by copy[1]");
        BrowsedConsole.assertQuiet(tab, "links");
    }

    @Test
    void offersTheArchiveThatTheArtifactServerServes() throws Exception {
        console.open(tab, ARTIFACT);
        String command =
                tab.evaluate("document.querySelector('#facts pre').innerText").getAsString();
        URI served = URI.create(command.replaceAll(".*'(http[^']*)'.*", "$1").strip());
        URI download = URI.create(tab.evaluate("document.querySelector(\"a[id^='download-']\").href")
                .getAsString());
        assertThat(get(served)).isEqualTo(get(download)).isNotEmpty();
    }

    private static byte[] get(URI address) throws IOException, InterruptedException {
        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofByteArray());
        assertThat(response.statusCode()).isEqualTo(200);
        return response.body();
    }

    /** The reconciler promises a second; on a busy machine one of several updates has to keep the promise. */
    @Test
    void showsAChangeWithinASecond() throws Exception {
        console.open(tab, "/?kind=sources&namespace=live");
        tab.awaitThat("!document.getElementById('live').hidden");
        tab.run("window.stayed = true");
        List<Long> delays = new ArrayList<>();
        for (int change = 2; change < 20 && delays.stream().noneMatch(delay -> delay <= WITHIN_MILLIS); change++) {
            String revision = "main@sha1:%d".formatted(change);
            console.scenario().publish("app", revision, Map.of("values.yaml", "x: " + change));
            long changed = System.nanoTime();
            tab.awaitThat("document.getElementById('list').innerText.includes(%s)".formatted(Tab.quoted(revision)));
            delays.add((System.nanoTime() - changed) / 1_000_000);
        }
        System.out.println("ConsoleInBrowserIT: milliseconds from a change to the page: " + delays);
        assertThat(delays).anyMatch(delay -> delay <= WITHIN_MILLIS);
        assertThat(tab.is("window.stayed")).as("without reloading").isTrue();
        BrowsedConsole.assertQuiet(tab, "live");
    }

    /** Ages, consumers and the leader change without an event. */
    @Test
    void refreshesWithoutAnEventAndKeepsWhatIsOpen() {
        tab.beforeEachPage(
                "{const set = window.setInterval; window.setInterval = (run, time) => set(run, time / 100)}");
        console.open(tab, GENERATOR);
        tab.run("{const runs = document.getElementById('runs'); runs.querySelector('details').open = true;"
                + " runs.querySelector('time').textContent = 'outdated'}");
        tab.awaitThat("!document.getElementById('runs').innerText.includes('outdated')");
        assertThat(tab.is("document.querySelector('#runs details').open")).isTrue();
        BrowsedConsole.assertQuiet(tab, "refresh");
    }

    /** Such a page would be computed again at every change. */
    @Test
    void aPageWithoutLivePartsDoesNotAskForChanges() {
        tab.beforeEachPage("window.connections = 0; window.EventSource = class extends EventSource {"
                + " constructor(address) { super(address); window.connections++; } }");
        console.open(tab, ARTIFACT);
        assertThat(tab.evaluate("window.connections").getAsInt()).isEqualTo(1);
        for (String page : List.of("/files", "/file?path=deployment.yaml", "/provenance")) {
            console.open(tab, ARTIFACT + page);
            assertThat(tab.evaluate("window.connections").getAsInt()).as(page).isZero();
        }
        BrowsedConsole.assertQuiet(tab, "connections");
    }

    @Test
    void saysThatTheObjectOfAPageIsGone() throws Exception {
        console.scenario().generator("short-lived", Scenario.artifact("short-lived", "**"));
        console.scenario().awaitReady("short-lived");
        console.open(tab, "/generators/live/short-lived");
        tab.awaitThat("!document.getElementById('live').hidden");
        console.scenario().cluster().deleteGenerator(console.scenario().key("short-lived"));
        tab.awaitThat("document.querySelector('h1').innerText === 'Not found'");
        assertThat(tab.text()).doesNotContain("Ready");
        BrowsedConsole.assertQuiet(tab, "gone");
    }

    /** The thread that looks for changes ends when it cannot reach the last browser. */
    @Test
    void looksForChangesOnlyWhileAPageIsOpen() {
        console.open(tab, "/");
        tab.awaitThat("!document.getElementById('live').hidden");
        assertThat(threads()).contains("console-live");
        tab.open("about:blank");
        int[] change = {100};
        await().atMost(Scenario.LIMIT).pollInterval(Duration.ofMillis(100)).until(() -> {
            console.scenario().publish("app", "main@sha1:" + ++change[0], Map.of("values.yaml", "x: 1\n"));
            return !threads().contains("console-live");
        });
    }

    private static String threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.joining(" "));
    }

    @Test
    void keepsSearchAndFiltersInTheAddress() {
        console.open(tab, "/");
        tab.run("document.querySelector('input[name=q]').value = 'serv'");
        tab.run("document.querySelector('select[name=state]').value = 'ready'");
        tab.follow(".search button");
        String address = tab.evaluate("location.href").getAsString();
        assertThat(address).contains("q=serv", "state=ready");
        assertThat(rows()).containsExactly("services");

        tab.open(console.address("/"));
        assertThat(rows()).hasSizeGreaterThan(3);
        tab.open(address);
        assertThat(rows()).containsExactly("services");
        tab.follow(".tabs a[href*='kind=artifacts']");
        assertThat(tab.evaluate("location.search").getAsString()).contains("kind=artifacts");
        BrowsedConsole.assertQuiet(tab, "search");
    }

    private List<String> rows() {
        List<String> names = new ArrayList<>();
        tab.evaluate("[...document.querySelectorAll('#list tbody th a')].map(link => link.innerText)")
                .getAsJsonArray()
                .forEach(name -> names.add(name.getAsString()));
        return names;
    }

    @Test
    void leadsThroughTheGraphFromASourceToItsConsumers() {
        console.open(tab, "/");
        tab.follow("header a[href='/graph']");
        assertThat(tab.text()).contains("GitRepository", "monorepo");
        tab.open(console.address("/graph?q=monorepo"));
        tab.follow("svg a[aria-label^='checkout, ExternalArtifact']");
        assertThat(tab.text())
                .contains("checkout", "services", "monorepo", "Kustomization")
                .doesNotContain("frontend");
        tab.follow("#focused");
        assertThat(tab.evaluate("location.pathname").getAsString()).isEqualTo(ARTIFACT);
        BrowsedConsole.assertQuiet(tab, "graph");
    }

    @Test
    void showsTheDifferenceOfTwoRevisions() throws Exception {
        Artifact first = console.shop().scenario().offered("checkout");
        console.shop().publish(BrowsedShop.SECOND, "1.5.0");
        console.open(tab, ARTIFACT);
        tab.awaitThat("document.querySelector(\"a[id^='diff-']\") != null");
        String chosen = tab.evaluate("[...document.querySelectorAll('#revisions select')].map(one => one.value).join()")
                .getAsString();
        assertThat(chosen).startsWith(fileOf(first) + ",").doesNotEndWith(fileOf(first));
        tab.follow("a[id^='diff-']");
        assertThat(tab.text())
                .contains(fileOf(first), "deployment.yaml")
                .containsSubsequence("-          image: registry.example.com/shop/checkout:1.4.0", "+          image:")
                .contains("+          image: registry.example.com/shop/checkout:1.5.0");
        BrowsedConsole.assertQuiet(tab, "difference");
    }

    @Test
    void previewsAnEditAndItsErrors() {
        console.open(tab, GENERATOR);
        tab.follow("a[href$='/preview']");
        edit("production.yaml", "staging.yaml");
        assertThat(tab.text()).contains("staging.yaml", "does not exist in source");
        edit("strategy: Merge", "strategy: Mix");
        assertThat(tab.evaluate("document.querySelector('[role=alert]').innerText")
                        .getAsString())
                .contains("strategy");
        BrowsedConsole.assertQuiet(tab, "preview");
    }

    private void edit(String from, String to) {
        tab.run("{const text = document.getElementById('manifest'); text.value = text.value.replace(%s, %s)}"
                .formatted(Tab.quoted(from), Tab.quoted(to)));
        tab.follow("main form button[type=submit]");
    }

    @Test
    void worksWithoutScripts() {
        tab.withScripts(false);
        console.open(tab, "/");
        assertThat(tab.is("document.getElementById('live').hidden")).isTrue();
        tab.follow("#list a[href='" + GENERATOR + "']");
        tab.follow("#artifacts a[href='" + ARTIFACT + "']");
        tab.follow("a[href*='/files?']");
        tab.follow("a[href$='path=deployment.yaml']");
        assertThat(tab.text()).contains("image: registry.example.com/shop/checkout");
        console.open(tab, GENERATOR + "/preview");
        tab.follow("main form button[type=submit]");
        assertThat(tab.text()).contains("8 artifacts would be published");
        BrowsedConsole.assertQuiet(tab, "without scripts");
    }

    @Test
    void isUsableWithAKeyboard() {
        console.open(tab, "/");
        tab.press("Tab");
        assertThat(tab.evaluate("document.activeElement.innerText").getAsString())
                .isEqualTo("Skip to content");
        tab.press("Tab");
        assertThat(tab.evaluate("document.activeElement.innerText").getAsString())
                .isEqualTo("Sluice");
    }

    @Test
    void executesNothingOfATenant() throws Exception {
        console.hostiles().store(100_000);
        tab.withSize(360, 740, 1, true);
        List<String> pages = new ArrayList<>(List.of(
                "/",
                "/?kind=artifacts&namespace=hostile",
                "/?kind=sources&namespace=hostile",
                "/generators/hostile/gen",
                "/generators/hostile/gen/preview",
                "/generators/hostile/failing",
                "/generators/hostile/unknown",
                "/generators/hostile/bucket",
                "/artifacts/hostile/written",
                "/artifacts/hostile/written/files",
                "/artifacts/hostile/written/files?revision=" + BrowsedHostiles.NOT_UTF8,
                "/artifacts/hostile/written/provenance",
                "/graph?namespace=hostile",
                "/graph",
                "/artifacts/hostile/files",
                "/artifacts/hostile/files/files",
                "/artifacts/hostile/files/provenance"));
        for (String name : List.of(
                BrowsedHostiles.ALL_TEXTS,
                "not-text",
                "page.html",
                "picture.svg",
                "latin1",
                "one-line",
                "many-lines",
                "d/".repeat(200) + "deep")) {
            pages.add("/artifacts/hostile/files/file?path=" + encode(name));
        }
        for (String page : pages) {
            assertHarmless(page, 200);
            assertThat(tab.is("document.querySelectorAll('.line').length <= 10000"))
                    .as(page)
                    .isTrue();
        }
        console.open(tab, "/artifacts/hostile/files/file?path=" + BrowsedHostiles.ALL_TEXTS);
        assertThat(tab.evaluate("document.querySelectorAll('.line').length").getAsInt())
                .isGreaterThanOrEqualTo(BrowsedHostiles.TEXTS.size());
    }

    @Test
    void executesNothingOfAnAddress() {
        tab.withSize(360, 740, 1, true);
        for (String texts : BrowsedHostiles.parameters()) {
            String hostile = encode(texts);
            assertHarmless("/?q=%1$s&namespace=%1$s&state=%1$s&page=%1$s".formatted(hostile), 200);
            assertHarmless("/graph?q=%1$s&namespace=%1$s&focus=%1$s".formatted(hostile), 200);
        }
        String hostile = encode(String.join("", BrowsedHostiles.TEXTS.subList(0, 5)));
        assertHarmless("/artifacts/hostile/files/files?find=" + hostile, 200);
        assertHarmless("/artifacts/hostile/files/files?revision=" + hostile, 404);
        assertHarmless("/artifacts/hostile/files/file?path=" + hostile, 404);
        assertHarmless("/artifacts/hostile/files/diff?from=%1$s&to=%1$s".formatted(hostile), 404);
        assertHarmless("/artifacts/hostile/files/provenance?find=" + hostile, 200);
        for (String malformed : List.of("%ff%fe", "%c0%af", "%ed%a0%80")) {
            assertHarmless("/?q=%1$s&namespace=%1$s".formatted(malformed), 400);
            assertHarmless("/artifacts/hostile/files/file?path=" + malformed, 400);
        }
        assertHarmless("/generators/hostile/" + encode("<img src=x onerror=window.pwned=1>"), 404);
    }

    private void assertHarmless(String page, int status) {
        assertThat(tab.open(console.address(page))).as(page).isEqualTo(status);
        BrowsedConsole.assertFits(tab, page);
        assertThat(tab.is("window.pwned === undefined")).as(page).isTrue();
        assertThat(tab.evaluate("document.querySelectorAll('img, iframe, object, embed, base, main style, main script')"
                                + ".length")
                        .getAsInt())
                .as("elements of a tenant on " + page)
                .isZero();
        BrowsedConsole.assertQuiet(tab, page);
    }

    private static String fileOf(Artifact artifact) {
        return artifact.path().substring(artifact.path().lastIndexOf('/') + 1);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
