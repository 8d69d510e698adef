package dev.sluice.runtime.flag;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The flags of one service, in groups as its help shows them. Immutable. */
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
     * A set without flags.
     *
     * @param program the name of the service, as the help and the messages use it
     * @param summary one or two sentences on what the service does
     */
    public static FlagSet of(String program, String summary) {
        return new FlagSet(program, summary, Map.of(), Set.of());
    }

    /**
     * The set with one more group.
     *
     * @throws IllegalArgumentException if a flag of that name is there already
     */
    public FlagSet with(String title, Flag... flags) {
        return with(title, List.of(flags));
    }

    /**
     * The set with one more group.
     *
     * @throws IllegalArgumentException if a flag of that name is there already
     */
    public FlagSet with(String title, List<Flag> flags) {
        Map<String, List<Flag>> extended = new LinkedHashMap<>(groups);
        List<Flag> group = new ArrayList<>(extended.getOrDefault(title, List.of()));
        group.addAll(flags);
        extended.put(title, List.copyOf(group));
        return new FlagSet(program, summary, extended, unimplemented);
    }

    /**
     * The set that knows flags of Flux's controllers which this service does not implement. A command line with them is
     * refused with one message that names them all: such a flag may ask for protection that is not there.
     *
     * @param names without the leading dashes
     */
    public FlagSet withUnimplemented(Set<String> names) {
        return new FlagSet(program, summary, groups, Set.copyOf(names));
    }

    /**
     * Reads a command line as Flux controllers do: {@code --flag=value} or {@code --flag value}, booleans bare, the last
     * of a repeated flag wins. Arguments whose name holds a dot are Spring's.
     *
     * @throws UsageException for an unknown flag, a missing value, or a value that is not allowed
     */
    public CommandLine parse(String... arguments) {
        return new CommandLineParser(this).parse(List.of(arguments));
    }

    /** The text of {@code --help}: every flag by group with its default, ending in a line break. */
    public String help() {
        return new Help(program, summary, groups).text();
    }

    /** The flag of that name. */
    public Optional<Flag> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /** All flags, in the order of the help. */
    public List<Flag> all() {
        return List.copyOf(byName.values());
    }

    boolean isUnimplemented(String name) {
        return unimplemented.contains(name);
    }

    /** The name of the service. */
    public String program() {
        return program;
    }

    private void index(Flag flag) {
        if (byName.put(flag.name(), flag) != null) {
            throw new IllegalArgumentException("flag --" + flag.name() + " is defined twice");
        }
    }
}
