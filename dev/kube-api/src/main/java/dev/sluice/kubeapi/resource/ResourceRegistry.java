package dev.sluice.kubeapi.resource;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The currently served resources. Thread-safe; readers see a consistent set. */
public final class ResourceRegistry {

    private final Map<String, Resource> builtIn;
    private volatile Map<String, Resource> all;

    public ResourceRegistry(Collection<Resource> builtIn) {
        this.builtIn = byName(builtIn);
        this.all = this.builtIn;
    }

    /** Replaces all resources from CRDs. */
    public void replaceCustom(Collection<Resource> custom) {
        Map<String, Resource> next = new LinkedHashMap<>(builtIn);
        byName(custom).forEach(next::putIfAbsent);
        all = next;
    }

    private static Map<String, Resource> byName(Collection<Resource> resources) {
        Map<String, Resource> map = new LinkedHashMap<>();
        resources.forEach(r -> map.put(Resource.qualified(r.names().plural(), r.group()), r));
        return map;
    }

    public Optional<Endpoint> find(String group, String version, String plural) {
        return find(Resource.qualified(plural, group))
                .flatMap(r -> r.version(version).map(v -> new Endpoint(r, v)));
    }

    /** Finds a resource by the name of its CRD: {@code plural.group}. */
    public Optional<Resource> find(String qualified) {
        return Optional.ofNullable(all.get(qualified));
    }

    /** Finds a resource in its preferred version. */
    public Optional<Endpoint> preferred(String qualified) {
        return find(qualified).map(r -> new Endpoint(r, r.versions().get(0)));
    }

    public List<Resource> all() {
        return new ArrayList<>(all.values());
    }

    /** Returns the endpoints of a group and version. */
    public List<Endpoint> in(String group, String version) {
        List<Endpoint> endpoints = new ArrayList<>();
        for (Resource resource : all.values()) {
            if (resource.group().equals(group)) {
                resource.version(version).ifPresent(v -> endpoints.add(new Endpoint(resource, v)));
            }
        }
        return endpoints;
    }

    /** Returns the versions of a group, the preferred version first; empty if the group is not served. */
    public List<String> versions(String group) {
        return all.values().stream()
                .filter(r -> r.group().equals(group))
                .flatMap(r -> r.versions().stream())
                .map(ServedVersion::name)
                .distinct()
                .sorted(VersionOrder.PREFERRED_FIRST)
                .toList();
    }

    /** Returns all groups except the core group. */
    public List<String> groups() {
        return all.values().stream()
                .map(Resource::group)
                .filter(g -> !g.isEmpty())
                .distinct()
                .toList();
    }
}
