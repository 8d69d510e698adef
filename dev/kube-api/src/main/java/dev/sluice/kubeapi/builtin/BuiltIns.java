package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.json.Json;
import dev.sluice.kubeapi.object.NameRule;
import dev.sluice.kubeapi.resource.Behaviour;
import dev.sluice.kubeapi.resource.Conversion;
import dev.sluice.kubeapi.resource.Resource;
import dev.sluice.kubeapi.resource.ResourceNames;
import dev.sluice.kubeapi.resource.ServedVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** The table of built-in resources. */
public final class BuiltIns {

    private static final String DEFINITIONS_GROUP = "apiextensions.k8s.io";

    private BuiltIns() {}

    public static List<Resource> all() {
        return Stream.concat(core().stream(), inGroups().stream()).toList();
    }

    private static List<Resource> core() {
        return List.of(
                new Definition("", "v1", "configmaps", "ConfigMap")
                        .shortNames("cm")
                        .strategy(new ConfigMapStrategy())
                        .build(),
                new Definition("", "v1", "events", "Event")
                        .shortNames("ev")
                        .selectable(EventFields.SELECTABLE_CORE)
                        .build(),
                new Definition("", "v1", "namespaces", "Namespace")
                        .shortNames("ns")
                        .clusterScoped()
                        .nameRule(NameRule.LABEL)
                        .status()
                        .selectable(Set.of("status.phase"))
                        .strategy(new NamespaceStrategy())
                        .behaviour(false, true, false, false)
                        .build(),
                new Definition("", "v1", "secrets", "Secret")
                        .selectable(Set.of("type"))
                        .strategy(new SecretStrategy())
                        .build(),
                new Definition("", "v1", "serviceaccounts", "ServiceAccount")
                        .shortNames("sa")
                        .build());
    }

    private static List<Resource> inGroups() {
        return List.of(
                new Definition(DEFINITIONS_GROUP, "v1", "customresourcedefinitions", "CustomResourceDefinition")
                        .shortNames("crd", "crds")
                        .categories("api-extensions")
                        .clusterScoped()
                        .status()
                        .strategy(new DefinitionStrategy())
                        .behaviour(true, false, false, true)
                        .build(),
                new Definition("coordination.k8s.io", "v1", "leases", "Lease")
                        .strategy(new LeaseStrategy())
                        .behaviour(false, false, true, true)
                        .build(),
                new Definition("events.k8s.io", "v1", "events", "Event")
                        .shortNames("ev")
                        .storedAs("events")
                        .conversion(new EventConversion())
                        .selectable(EventFields.SELECTABLE)
                        .build());
    }

    /** Collects what is special of one resource. */
    private static final class Definition {

        private final String group;
        private final String version;
        private final String plural;
        private final String kind;
        private List<String> shortNames = List.of();
        private List<String> categories = List.of();
        private boolean namespaced = true;
        private boolean status;
        private Set<String> selectable = Set.of();
        private NameRule nameRule = NameRule.SUBDOMAIN;
        private Behaviour behaviour = new Behaviour(NameRule.SUBDOMAIN, false, true, false, true);
        private BuiltInRules.Strategy strategy = BuiltInRules.Strategy.NONE;
        private Conversion conversion = Conversion.NONE;
        private String storageName;

        Definition(String group, String version, String plural, String kind) {
            this.group = group;
            this.version = version;
            this.plural = plural;
            this.kind = kind;
            this.storageName = Resource.qualified(plural, group);
        }

        Definition shortNames(String... names) {
            shortNames = List.of(names);
            return this;
        }

        Definition categories(String... names) {
            categories = List.of(names);
            return this;
        }

        Definition clusterScoped() {
            namespaced = false;
            return this;
        }

        Definition status() {
            status = true;
            return this;
        }

        Definition selectable(Set<String> paths) {
            selectable = paths;
            return this;
        }

        Definition nameRule(NameRule rule) {
            nameRule = rule;
            return this;
        }

        Definition strategy(BuiltInRules.Strategy own) {
            strategy = own;
            return this;
        }

        Definition conversion(Conversion own) {
            conversion = own;
            return this;
        }

        Definition storedAs(String name) {
            storageName = name;
            return this;
        }

        Definition behaviour(
                boolean generation, boolean unconditionalUpdate, boolean createOnUpdate, boolean deleteCollection) {
            behaviour = new Behaviour(nameRule, generation, unconditionalUpdate, createOnUpdate, deleteCollection);
            return this;
        }

        Resource build() {
            String apiVersion = group.isEmpty() ? version : group + "/" + version;
            ServedVersion served = new ServedVersion(
                    version,
                    status,
                    BuiltInRules.of(apiVersion, kind, strategy),
                    conversion,
                    Optional.empty(),
                    selectable,
                    "",
                    Json.object());
            String singular = kind.toLowerCase(Locale.ROOT);
            ResourceNames names = new ResourceNames(plural, singular, kind, kind + "List", shortNames, categories);
            return new Resource(group, names, namespaced, false, false, storageName, behaviour, List.of(served));
        }
    }
}
