package dev.sluice.hostile.cases;

import dev.sluice.hostile.arena.HostileCase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** All cases; docs/tenants.md has a line for each. */
public final class Cases {

    /** A regular expression that the name of a case must match somewhere, for looking at few of them. */
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
        return cases.stream().filter(one -> ONLY.matcher(one.name()).find()).toList();
    }

    /** Groups that only the long runs try. */
    private static final Set<String> LONG = Set.of("objects", "queue", "server", "yaml", "sources", "builds");

    /** Those that are tried at the same time, by the name of the group. */
    public static Map<String, List<HostileCase>> groups() {
        Map<String, List<HostileCase>> groups = new LinkedHashMap<>();
        all().stream()
                .filter(one -> !LONG.contains(one.group()))
                .forEach(one -> groups.computeIfAbsent(one.group(), group -> new ArrayList<>())
                        .add(one));
        return groups;
    }
}
