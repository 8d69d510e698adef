package dev.sluice.reconciler.console;

import dev.sluice.reconciler.console.DiffPage.Change;
import java.util.List;

/**
 * The preview of an edited generator.
 *
 * @param generator the address of the page of the generator
 * @param address the address of this page
 * @param manifest the edited manifest
 * @param error why nothing could be built; empty if it was built, or before the first preview
 * @param note about the result; empty before the first preview
 * @param artifacts what would be published
 * @param gone the published artifacts that would be deleted
 * @param namespaces the managed namespaces with their labels and annotations, or their errors
 */
record PreviewPage(
        Shell shell,
        String generator,
        String address,
        String name,
        String manifest,
        String error,
        String note,
        List<Built> artifacts,
        List<String> gone,
        List<String> namespaces) {

    /**
     * An artifact.
     *
     * @param status new, changed, unchanged or failed
     * @param error why it failed; empty if it did not
     * @param files some of its files
     * @param changes differences from the published archive
     */
    record Built(
            String name,
            String status,
            String style,
            String size,
            String error,
            List<String> files,
            int moreFiles,
            List<Change> changes,
            int moreChanges) {}
}
