package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.OverviewPage.Fact;
import java.util.List;

/**
 * Where the files of an artifact come from.
 *
 * @param verdict how the build compares with what is published
 * @param operations the copy operations
 * @param find the text that the rows contain; empty for all
 * @param more the number of rows that are not shown
 */
record ProvenancePage(
        Shell shell,
        String artifact,
        String name,
        String generator,
        String verdict,
        List<Fact> sources,
        List<Fact> operations,
        String find,
        List<Line> rows,
        int more) {

    /** A file with one of its origins, or a file that was not copied. */
    record Line(String file, String from, String by, String style) {}
}
