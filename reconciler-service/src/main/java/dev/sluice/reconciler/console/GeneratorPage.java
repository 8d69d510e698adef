package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.OverviewPage.Row;
import java.util.List;

/**
 * The page of a generator.
 *
 * @param spec the spec as YAML
 * @param events the newest, first
 * @param eventsNotice why there are no events; empty if they could be read
 * @param preview the address of the preview; empty if contents are not shown
 * @param waits what it waits for, and when it runs again; empty if it is not known
 */
record GeneratorPage(
        Shell shell,
        Row row,
        String spec,
        String waits,
        List<ConditionLine> conditions,
        List<SourceLine> sources,
        List<ArtifactLine> artifacts,
        int moreArtifacts,
        List<String> namespaces,
        RunChart runs,
        List<EventLine> events,
        String eventsNotice,
        String preview) {

    /** A condition. */
    record ConditionLine(String type, String status, String reason, String message, String age, String since) {}

    /** An event of the generator. */
    record EventLine(String type, String reason, String message, int count, String age, String last) {}

    /** A source of the generator; {@code row} has the state Stalled if the source does not exist. */
    record SourceLine(String alias, Row row) {}

    /** An artifact in the inventory. */
    record ArtifactLine(String name, String path, State state, String message, String revision) {}
}
