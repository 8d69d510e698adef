package dev.sluice.launcher.metrics;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yaml.snakeyaml.Yaml;

/** Reads the PromQL expressions of the dashboard and the alert rules. */
public final class Expressions {

    private static final Pattern METRIC = Pattern.compile(
            "\\b(?:sluice|gotk|controller_runtime|workqueue|rest_client|leader_election|process|jvm|container)_\\w+");

    private Expressions() {}

    /**
     * Returns the expressions of all panels, with the interval that Grafana would choose, all namespaces and all pods,
     * and without the {@code or vector(0)} that replaces missing series.
     */
    public static List<String> ofDashboard(Path file) throws IOException {
        List<String> expressions = new ArrayList<>();
        for (JsonElement panel :
                JsonParser.parseString(Files.readString(file)).getAsJsonObject().getAsJsonArray("panels")) {
            if (!panel.getAsJsonObject().get("type").getAsString().equals("row")) {
                panel.getAsJsonObject()
                        .getAsJsonArray("targets")
                        .forEach(target -> expressions.add(
                                chosen(target.getAsJsonObject().get("expr").getAsString())));
            }
        }
        return expressions;
    }

    private static String chosen(String expression) {
        return expression
                .replace(" or vector(0)", "")
                .replace("$__rate_interval", "1m")
                .replace("$namespace", "flux-.*")
                .replace("$pod", "source-watcher-.*")
                .replace("$resource_namespace", ".*");
    }

    /** Returns the expressions of all rules. */
    @SuppressWarnings("unchecked") // the structure of a Prometheus rule file
    public static List<String> ofRules(Path file) throws IOException {
        Map<String, List<Map<String, Object>>> rules = new Yaml().load(Files.readString(file));
        List<String> expressions = new ArrayList<>();
        for (Map<String, Object> group : rules.get("groups")) {
            ((List<Map<String, Object>>) group.get("rules"))
                    .forEach(rule -> expressions.add(String.valueOf(rule.get("expr"))));
        }
        return expressions;
    }

    /** Returns the names of the series in an expression. */
    public static Set<String> metrics(String expression) {
        Set<String> names = new TreeSet<>();
        Matcher matcher = METRIC.matcher(expression.replaceAll("\"[^\"]*\"", ""));
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return names;
    }
}
