package dev.sluice.reconciler.browser;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Checks pages with axe. The Content-Security-Policy of the page does not apply to its script. */
public final class Accessibility {

    private static final Set<String> WORST = Set.of("serious", "critical");

    private final String script;

    public Accessibility() {
        try (InputStream in =
                Objects.requireNonNull(Accessibility.class.getClassLoader().getResourceAsStream("axe.min.js"))) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns the serious and critical violations of the page. */
    public List<String> violations(Tab tab) {
        return violations(tab, "");
    }

    /** Returns the violations by colours, which depend on the colour scheme. */
    public List<String> violationsOfContrast(Tab tab) {
        return violations(tab, ", runOnly: ['color-contrast']");
    }

    private List<String> violations(Tab tab, String options) {
        if (!tab.is("'axe' in window")) {
            tab.run(script);
        }
        JsonElement found = tab.evaluate(
                "axe.run(document, {resultTypes: ['violations']%s}).then(results => results.violations.map(v => ({id: v.id, impact: v.impact, "
                                .formatted(options)
                        + "nodes: v.nodes.slice(0, 5).map(n => n.html + ' ' + (n.any[0] || n.all[0] || n.none[0] || {}).message)})))");
        List<String> violations = new ArrayList<>();
        for (JsonElement element : found.getAsJsonArray()) {
            JsonObject violation = element.getAsJsonObject();
            if (WORST.contains(violation.get("impact").getAsString())) {
                violations.add("%s: %s".formatted(violation.get("id").getAsString(), violation.get("nodes")));
            }
        }
        return violations;
    }
}
