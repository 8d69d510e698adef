package dev.sluice.reconciler.console;

import dev.sluice.reconciler.text.EscapedText;
import java.util.List;

/** The difference between two stored archives. */
record DiffPage(Shell shell, String artifact, String name, String from, String to, Changes changes) {

    /** @param more the number of changes that are not shown */
    record Changes(List<Change> shown, int more) {

        boolean isEmpty() {
            return shown.isEmpty() && more == 0;
        }
    }

    /**
     * A changed file.
     *
     * @param letter as {@code sluice diff} shows it
     * @param note about the mode or the content
     */
    record Change(String letter, String path, String note, List<Line> lines) {}

    /**
     * A line of text.
     *
     * @param style added, removed, hunk or same
     */
    record Line(String style, String text) {

        static Line of(String text) {
            String shown = EscapedText.of(text);
            if (text.startsWith("@@")) {
                return new Line("hunk", shown);
            }
            if (text.startsWith("+")) {
                return new Line("added", shown);
            }
            return new Line(text.startsWith("-") ? "removed" : "same", shown);
        }
    }
}
