package dev.sluice.reconciler.console;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The overview.
 *
 * @param problems the worst objects of all lists
 * @param moreProblems the number of further ones
 * @param problemLists the lists that have problems, with their number
 * @param rows the current page of the list
 * @param total the number of objects that match
 * @param glance facts about the replica and the volume
 */
record OverviewPage(
        Shell shell,
        Filter filter,
        List<Tab> tabs,
        List<Row> problems,
        int moreProblems,
        List<Tab> problemLists,
        List<Row> rows,
        int total,
        List<Fact> glance) {

    private static final int MAX_PROBLEMS = 20;

    /** For each of the other lists. */
    private static final int RESERVED = 5;

    private static final int MAX_MESSAGE = 400;
    private static final int MAX_REVISION = 1_000;

    /** A list with its number of objects. */
    record Tab(String label, String address, int count, boolean selected) {}

    /** A fact with its name. */
    record Fact(String name, String value) {}

    /** A line of a table. */
    record Row(
            String id,
            String what,
            String namespace,
            String name,
            String path,
            State state,
            String message,
            String advice,
            String revision,
            String fullRevision,
            String size,
            String files,
            String age,
            String changed,
            String graph) {

        static Row of(Item item, Instant now) {
            return of(item, now, "");
        }

        /** @param files the number of files; empty if it is unknown */
        static Row of(Item item, Instant now, String files) {
            return new Row(
                    item.what() + "-" + item.key().namespace() + "-"
                            + item.key().name(),
                    item.what(),
                    item.key().namespace(),
                    item.key().name(),
                    item.path(),
                    item.state(),
                    Texts.shortened(item.message(), MAX_MESSAGE),
                    item.advice(),
                    Texts.revision(item.revision()),
                    Texts.shortened(item.revision(), MAX_REVISION),
                    Units.size(item.sizeBytes()),
                    files,
                    Units.age(item.changed(), now),
                    Units.iso(item.changed()),
                    GraphFilter.address(GraphNode.id(item.what(), item.key())));
        }
    }

    static OverviewPage of(
            CachedItems snapshot,
            Filter filter,
            Shell shell,
            List<Fact> glance,
            Function<Item, String> files,
            Instant now) {
        List<List<Item>> problems = Stream.of(snapshot.generators(), snapshot.sources(), snapshot.artifacts())
                .map(OverviewPage::problems)
                .toList();
        int count = problems.stream().mapToInt(List::size).sum();
        List<Item> matching = filter.apply(snapshot);
        int from = Math.min(matching.size(), (filter.page() - 1) * Filter.PAGE_SIZE);
        int to = Math.min(matching.size(), from + Filter.PAGE_SIZE);
        return new OverviewPage(
                shell,
                filter,
                tabs(snapshot, filter),
                rows(worst(problems), now),
                Math.max(0, count - MAX_PROBLEMS),
                problemLists(problems),
                matching.subList(from, to).stream()
                        .map(item -> Row.of(item, now, files.apply(item)))
                        .toList(),
                matching.size(),
                glance);
    }

    private static List<Row> rows(List<Item> items, Instant now) {
        return items.stream().map(item -> Row.of(item, now)).toList();
    }

    private static List<Tab> tabs(CachedItems snapshot, Filter filter) {
        List<Tab> tabs = new ArrayList<>();
        for (Item.Group group : Item.Group.values()) {
            tabs.add(new Tab(
                    group.label(), filter.address(group), snapshot.of(group).size(), group == filter.group()));
        }
        return tabs;
    }

    private static List<Item> problems(List<Item> items) {
        return items.stream().filter(Item::isProblem).toList();
    }

    /** Many failing generators do not hide a failing source, which may be their cause. */
    private static List<Item> worst(List<List<Item>> problems) {
        List<Item> worst = new ArrayList<>();
        for (int i = 0; i < problems.size(); i++) {
            int reserved = problems.subList(i + 1, problems.size()).stream()
                    .mapToInt(list -> Math.min(RESERVED, list.size()))
                    .sum();
            List<Item> list = problems.get(i);
            worst.addAll(list.subList(0, Math.min(list.size(), MAX_PROBLEMS - worst.size() - reserved)));
        }
        return worst;
    }

    private static List<Tab> problemLists(List<List<Item>> problems) {
        return problems.stream()
                .filter(list -> !list.isEmpty())
                .map(list -> tab(list.get(0).group(), list.size()))
                .toList();
    }

    private static Tab tab(Item.Group group, int count) {
        return new Tab(group.label(), Filter.all(group), count, false);
    }

    /** Generators have neither a revision nor a size. */
    boolean hasRevisions() {
        return filter.group() != Item.Group.GENERATORS;
    }

    boolean hasFiles() {
        return filter.group() == Item.Group.ARTIFACTS;
    }

    boolean isQuiet() {
        return problems.isEmpty();
    }

    String count() {
        String plural = filter.group().key();
        return "%d %s".formatted(total, total == 1 ? plural.substring(0, plural.length() - 1) : plural);
    }

    int pages() {
        return Math.max(1, (total + Filter.PAGE_SIZE - 1) / Filter.PAGE_SIZE);
    }
}
