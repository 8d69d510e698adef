package dev.sluice.toolkit.meta;

import com.google.gson.annotations.SerializedName;

/**
 * An applied object.
 *
 * <p>API: {@code kustomize.toolkit.fluxcd.io/v1}, {@code helm.toolkit.fluxcd.io/v2}.
 *
 * @param id {@code namespace_name_group_kind}
 * @param version API version without the group
 */
public record ResourceRef(String id, @SerializedName("v") String version) {

    public ResourceRef {
        Required.field(id, "ResourceRef", "id");
        Required.field(version, "ResourceRef", "v");
    }
}
