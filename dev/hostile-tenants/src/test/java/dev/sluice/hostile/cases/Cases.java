package dev.sluice.hostile.cases;

import dev.sluice.hostile.harness.HostileCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** All cases; docs/tenants.md has a row for each. */
public final class Cases {

    /** Selects cases by a regular expression, matched against {@code group: name}. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("sluice.hostile.only", ""));

    private Cases() {}

    /** The selected cases. */
    public static List<HostileCase> all() {
        return unfiltered().stream()
                .filter(one -> ONLY.matcher(one.group() + ": " + one.name()).find())
                .toList();
    }

    static List<HostileCase> unfiltered() {
        List<HostileCase> cases = new ArrayList<>();
        cases.addAll(NetworkCases.all());
        cases.addAll(FloodCases.all());
        cases.addAll(DecodingCases.all());
        cases.addAll(YamlCases.all());
        cases.addAll(InputsCases.all());
        cases.addAll(NamespaceCases.all());
        cases.addAll(SourceCases.all());
        cases.addAll(BuildCases.all());
        cases.addAll(StatusCases.all());
        return cases;
    }

    /**
     * Groups that run at the same time, which saves build time. Groups that occupy most workers do not run together with
     * groups that occupy most fetches. The group that waits for an artifact to reach a certain age is in the last wave.
     */
    private static final List<List<String>> WAVES = List.of(
            List.of("hanging", "decoding", "statuses", "restart"),
            List.of("queue", "objects"),
            List.of("yaml", "inputs", "sources"),
            List.of("builds"),
            List.of("network", "digest", "server", "namespaces", "retention"));

    /** The cases of each wave; the keys are the names of the wave's groups. */
    public static Map<String, List<HostileCase>> waves() {
        Map<String, List<HostileCase>> waves = new LinkedHashMap<>();
        WAVES.forEach(groups -> {
            List<HostileCase> cases =
                    all().stream().filter(one -> groups.contains(one.group())).toList();
            if (!cases.isEmpty()) {
                waves.put(String.join(", ", groups), cases);
            }
        });
        return waves;
    }
}
