package dev.sluice.runtime.flag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The flags of a service, in the groups of its help. Immutable. */
public final class FlagSet {

    private final String program;
    private final String summary;
    private final Map<String, List<Flag>> groups;
    private final Map<String, Flag> byName;
    private final Set<String> unimplemented;

    private FlagSet(String program, String summary, Map<String, List<Flag>> groups, Set<String> unimplemented) {
        this.program = program;
        this.summary = summary;
        this.groups = groups;
        this.unimplemented = unimplemented;
        this.byName = new LinkedHashMap<>();
        groups.values().forEach(flags -> flags.forEach(this::index));
    }

    /**
     * Creates a set without flags.
     *
     * @param program name of the service in the help and in messages
     * @param summary one or two sentences that describe the service
     */
    public static FlagSet of(String program, String summary) {
        return new FlagSet(program, summary, Map.of(), Set.of());
    }

    /**
     * Returns a copy with another group.
     *
     * @throws IllegalArgumentException if a flag with the same name already exists
     */
    public FlagSet with(String title, Flag... flags) {
        return with(title, List.of(flags));
    }

    /**
     * Returns a copy with another group.
     *
     * @throws IllegalArgumentException if a flag with the same name already exists
     */
    public FlagSet with(String title, List<Flag> flags) {
        Map<String, List<Flag>> extended = new LinkedHashMap<>(groups);
        List<Flag> group = new ArrayList<>(extended.getOrDefault(title, List.of()));
        group.addAll(flags);
        extended.put(title, List.copyOf(group));
        return new FlagSet(program, summary, extended, unimplemented);
    }

    /**
     * Returns a copy with the names of Flux controller flags that this service does not implement. A command line with
     * such flags is refused, because a flag might request a protection that does not exist; the message names all of
     * them.
     *
     * @param names flag names without dashes
     */
    public FlagSet withUnimplemented(Set<String> names) {
        return new FlagSet(program, summary, groups, Set.copyOf(names));
    }

    /**
     * Parses a command line like Flux controllers: {@code --flag=value} or {@code --flag value}, boolean flags without
     * a value, the last occurrence wins. Arguments whose name contains a dot are passed to Spring.
     *
     * @throws UsageException if a flag is unknown or has no value, or a value is invalid
     */
    public CommandLine parse(String... arguments) {
        return new CommandLineParser(this).parse(List.of(arguments));
    }

    /** Returns the text of {@code --help}: all flags by group with their defaults, ending in a line break. */
    public String help() {
        return new Help(program, summary, groups).text();
    }

    /** Returns the flag with this name. */
    public Optional<Flag> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** Returns all flags in the order of the help. */
    public List<Flag> all() {
        return List.copyOf(byName.values());
    }

    boolean isUnimplemented(String name) {
        return unimplemented.contains(name);
    }

    /** Returns the name of the service. */
    public String program() {
        return program;
    }

    private void index(Flag flag) {
        if (byName.put(flag.name(), flag) != null) {
            throw new IllegalArgumentException("flag --" + flag.name() + " is defined twice");
        }
    }
}
