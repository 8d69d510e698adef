package dev.sluice.examples.release.api;

import dev.sluice.toolkit.meta.Required;
import dev.sluice.toolkit.meta.ToolkitList;
import io.kubernetes.client.openapi.models.V1ListMeta;
import java.util.List;

/** A list of ProjectRelease objects. */
public record ProjectReleaseList(String apiVersion, String kind, V1ListMeta metadata, List<ProjectRelease> items)
        implements ToolkitList<ProjectRelease> {

    public ProjectReleaseList {
        Required.field(metadata, "ProjectReleaseList", "metadata");
        items = List.copyOf(items);
    }
}
