package dev.sluice.hostile.cases;

import dev.sluice.hostile.arena.HostileCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** All cases; docs/tenants.md has a line for each. */
public final class Cases {

    /** A regular expression that is found in {@code group: name} of a case, for looking at few of them. */
    private static final Pattern ONLY = Pattern.compile(System.getProperty("sluice.hostile.only", ""));

    private Cases() {}

    public static List<HostileCase> all() {
        List<HostileCase> cases = new ArrayList<>();
        cases.addAll(NetworkCases.all());
        cases.addAll(FloodCases.all());
        cases.addAll(DecodingCases.all());
        cases.addAll(YamlCases.all());
        cases.addAll(SourceCases.all());
        cases.addAll(BuildCases.all());
        cases.addAll(StatusCases.all());
        return cases.stream()
                .filter(one -> ONLY.matcher(one.group() + ": " + one.name()).find())
                .toList();
    }

    /**
     * Groups that are tried at the same time. Together they are no harder to tell apart, and take less time; those that
     * want most of the workers are not beside those that want most of the fetches, and what waits for the age of an
     * artifact comes last.
     */
    private static final List<List<String>> WAVES = List.of(
            List.of("hanging", "decoding", "statuses", "restart"),
            List.of("queue", "objects"),
            List.of("yaml", "sources"),
            List.of("builds"),
            List.of("network", "digest", "server", "retention"));

    /** The cases, those of a wave by the names of its groups. */
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
