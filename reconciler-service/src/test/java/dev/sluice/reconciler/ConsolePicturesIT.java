package dev.sluice.reconciler;

import dev.sluice.kubetest.junit.KubernetesApi;
import dev.sluice.kubetest.junit.KubernetesTest;
import dev.sluice.kubetest.junit.TestedApi;
import dev.sluice.reconciler.browser.Tab;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Makes the pictures of the documentation; see {@code dev/console-pictures}. */
@KubernetesTest(TestedApi.IN_MEMORY)
@EnabledIfSystemProperty(named = ConsolePicturesIT.DIRECTORY, matches = ".+")
class ConsolePicturesIT {

    static final String DIRECTORY = "sluice.pictures";

    private static final String FORMAT = System.getProperty("sluice.pictures.format", "webp");
    private static final Path PICTURES = Path.of(System.getProperty(DIRECTORY, ""));

    @Test
    void makesThePictures(KubernetesApi api) throws Exception {
        Files.createDirectories(PICTURES);
        try (BrowsedConsole console = BrowsedConsole.ofShop(api);
                Tab tab = console.open()) {
            tab.withColors("light");
            picture(console, tab, "/", "overview", 1200, 1100);
            tab.withColors("dark");
            picture(console, tab, "/", "overview-dark", 1200, 1100);
            tab.withSize(1200, 820, 2, false);
            console.open(tab, "/generators/shop/services");
            tab.run("document.getElementById('runs').scrollIntoView()");
            save(tab, "generator");
            tab.withColors("light");
            picture(console, tab, "/graph?namespace=shop", "graph", 1200, 960);
            picture(console, tab, "/artifacts/shop/checkout/provenance", "provenance", 1200, 820);
            tab.withSize(390, 800, 2, true);
            console.open(tab, "/");
            save(tab, "phone");
            tab.withSize(1200, 820, 2, false);
            console.open(tab, "/generators/shop/services/preview");
            tab.run("{const text = document.getElementById('manifest');"
                    + " text.value = text.value.replace('strategy: Merge', 'strategy: Overwrite')}");
            tab.follow("main form button[type=submit]");
            save(tab, "preview");
            console.shop().publish(BrowsedShop.SECOND, "1.5.0");
            console.open(tab, "/artifacts/shop/checkout");
            tab.awaitThat("document.querySelector(\"a[id^='diff-']\") != null");
            tab.withSize(1200, 700, 2, false);
            save(tab, "artifact");
            tab.follow("a[id^='diff-']");
            tab.withSize(1200, height(tab, 820), 2, false);
            save(tab, "difference");
        }
    }

    private static void picture(BrowsedConsole console, Tab tab, String page, String name, int width, int maxHeight)
            throws IOException {
        tab.withSize(width, maxHeight, 2, false);
        console.open(tab, page);
        tab.withSize(width, height(tab, maxHeight), 2, false);
        save(tab, name);
    }

    /** The height of the whole page, if it is not too long, so that the picture does not end within a line. */
    private static int height(Tab tab, int max) {
        return Math.min(
                max,
                tab.evaluate("Math.ceil(document.getElementById('main').getBoundingClientRect().bottom)")
                        .getAsInt());
    }

    private static void save(Tab tab, String name) throws IOException {
        tab.awaitThat("!document.getElementById('live').hidden || !document.querySelector('main [data-live]')");
        tab.picture(PICTURES.resolve("console-%s.%s".formatted(name, FORMAT)));
    }
}
