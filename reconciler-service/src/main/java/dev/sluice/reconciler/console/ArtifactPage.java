package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.OverviewPage.Fact;
import dev.sluice.reconciler.console.OverviewPage.Row;
import java.util.List;

/**
 * The page of a published artifact.
 *
 * @param owners the generators that publish it or name it in their spec, the owner first
 * @param revisions the archives on the volume; empty if contents are not shown
 * @param provenance the address of the provenance; empty if contents are not shown
 * @param curl the command that downloads it; empty without an artifact
 * @param inputs the exported inputs
 */
record ArtifactPage(
        Shell shell,
        Row row,
        List<Owner> owners,
        boolean isContested,
        List<Fact> facts,
        List<GeneratorPage.ConditionLine> conditions,
        List<Fact> inputs,
        String curl,
        List<StoredLine> revisions,
        String provenance) {

    /**
     * A generator that publishes the artifact or names it in its spec.
     *
     * @param path empty if it is not shown
     */
    record Owner(String name, String path, String relation, State state) {}

    /**
     * An archive on the volume.
     *
     * @param diff the address of the difference from the published one; empty for that one
     */
    record StoredLine(
            String file,
            boolean current,
            String size,
            String age,
            String stored,
            String files,
            String download,
            String diff) {}
}
