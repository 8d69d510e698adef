package dev.sluice.launcher.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The structure of the Grafana dashboard; DevIT runs its expressions. */
class DashboardTest {

    private static final Path FILE = Path.of("../../charts/sluice/files/dashboards/sluice.json");
    private static final Path PAGE = Path.of("../../docs/troubleshooting.md");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(\\w+)");
    private static final Pattern SELECTOR = Pattern.compile("(\\w+)\\{([^}]*)}");
    private static final int COLUMNS = 24;

    private JsonObject dashboard;
    private List<JsonObject> panels;

    @BeforeEach
    void load() throws IOException {
        dashboard = JsonParser.parseString(Files.readString(FILE)).getAsJsonObject();
        panels = new ArrayList<>();
        dashboard.getAsJsonArray("panels").forEach(panel -> panels.add(panel.getAsJsonObject()));
        assertThat(panels).hasSizeGreaterThan(40);
    }

    @Test
    void panelsDoNotOverlap() {
        Set<Integer> ids = new TreeSet<>();
        Set<String> places = new TreeSet<>();
        for (JsonObject panel : panels) {
            assertThat(ids.add(panel.get("id").getAsInt())).as(title(panel)).isTrue();
            JsonObject at = panel.getAsJsonObject("gridPos");
            int right = at.get("x").getAsInt() + at.get("w").getAsInt();
            assertThat(right).as(title(panel)).isLessThanOrEqualTo(COLUMNS);
            for (int x = at.get("x").getAsInt(); x < right; x++) {
                for (int y = at.get("y").getAsInt();
                        y < at.get("y").getAsInt() + at.get("h").getAsInt();
                        y++) {
                    assertThat(places.add(x + "," + y)).as(title(panel)).isTrue();
                }
            }
        }
    }

    @Test
    void usedVariablesAreDeclared() {
        Set<String> declared = new TreeSet<>(Set.of("__rate_interval", "__all"));
        dashboard
                .getAsJsonObject("templating")
                .getAsJsonArray("list")
                .forEach(variable ->
                        declared.add(variable.getAsJsonObject().get("name").getAsString()));
        Matcher used = VARIABLE.matcher(dashboard.toString());
        Set<String> names = new TreeSet<>();
        while (used.find()) {
            names.add(used.group(1));
        }

        assertThat(names).contains("namespace", "pod", "resource_namespace").isSubsetOf(declared);
    }

    @Test
    void everySelectorFiltersByNamespace() {
        for (JsonObject panel : panels) {
            for (String expression : expressions(panel)) {
                Matcher selector = SELECTOR.matcher(expression);
                int selectors = 0;
                for (; selector.find(); selectors++) {
                    assertThat(selector.group(2))
                            .as("%s: %s", title(panel), selector.group())
                            .containsAnyOf("namespace=~\"$namespace\"", "exported_namespace=~\"$resource_namespace\"");
                }
                assertThat(selectors).as(expression).isPositive();
            }
        }
    }

    @Test
    void docsMapEveryFluxPanel() throws IOException {
        Set<String> titles = new TreeSet<>();
        panels.forEach(panel -> titles.add(title(panel)));
        List<String> rows = Files.readAllLines(PAGE).stream()
                .dropWhile(line -> !line.startsWith("| Flux's panel |"))
                .skip(2)
                .takeWhile(line -> line.startsWith("|"))
                .toList();

        assertThat(rows).hasSizeGreaterThan(15);
        for (String row : rows) {
            String[] cells = row.split("\\|", -1);
            for (String ours : cells[2].split(",", -1)) {
                assertThat(titles).as(row).contains(ours.strip());
            }
        }
    }

    private static List<String> expressions(JsonObject panel) {
        List<String> expressions = new ArrayList<>();
        if (panel.has("targets")) {
            for (JsonElement target : panel.getAsJsonArray("targets")) {
                expressions.add(target.getAsJsonObject().get("expr").getAsString());
            }
        }
        return expressions;
    }

    private static String title(JsonObject panel) {
        return panel.get("title").getAsString();
    }
}
