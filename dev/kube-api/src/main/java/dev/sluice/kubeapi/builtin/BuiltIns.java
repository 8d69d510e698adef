package dev.sluice.kubeapi.builtin;

import dev.sluice.kubeapi.object.NameRule;
import dev.sluice.kubeapi.resource.Behaviour;
import dev.sluice.kubeapi.resource.Conversion;
import dev.sluice.kubeapi.resource.KindRules;
import dev.sluice.kubeapi.resource.KindRules.Strategy;
import dev.sluice.kubeapi.resource.Resource;
import dev.sluice.kubeapi.resource.ResourceNames;
import dev.sluice.kubeapi.resource.ServedVersion;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** The table of built-in resources. */
public final class BuiltIns {

    private static final Set<String> EVENT_FIELDS = Set.of(
            "involvedObject.kind",
            "involvedObject.namespace",
            "involvedObject.name",
            "involvedObject.uid",
            "involvedObject.apiVersion",
            "involvedObject.resourceVersion",
            "involvedObject.fieldPath",
            "reason",
            "reportingComponent",
            "source",
            "type");

    private BuiltIns() {}

    public static List<Resource> all() {
        return List.of(
                builtIn("", "configmaps", "ConfigMap", "cm", Set.of(), new ConfigMapStrategy()),
                builtIn("", "events", "Event", "ev", EVENT_FIELDS, Strategy.NONE),
                builtIn("", "namespaces", "Namespace", "ns", Set.of("status.phase"), new NamespaceStrategy()),
                builtIn("", "secrets", "Secret", "", Set.of("type"), new SecretStrategy()),
                builtIn("", "serviceaccounts", "ServiceAccount", "sa", Set.of(), Strategy.NONE),
                builtIn(
                        "apiextensions.k8s.io",
                        "customresourcedefinitions",
                        "CustomResourceDefinition",
                        "crd",
                        Set.of(),
                        new DefinitionStrategy()),
                builtIn("coordination.k8s.io", "leases", "Lease", "", Set.of(), Strategy.NONE));
    }

    private static Resource builtIn(
            String group, String plural, String kind, String shortName, Set<String> selectable, Strategy strategy) {
        boolean namespace = kind.equals("Namespace");
        boolean definition = kind.equals("CustomResourceDefinition");
        ServedVersion version = new ServedVersion(
                "v1",
                namespace || definition,
                KindRules.builtIn(group.isEmpty() ? "v1" : group + "/v1", kind, strategy),
                Conversion.NONE,
                Optional.empty(),
                selectable);
        ResourceNames names = new ResourceNames(
                plural,
                kind.toLowerCase(Locale.ROOT),
                kind,
                kind + "List",
                shortName.isEmpty() ? List.of() : List.of(shortName),
                List.of());
        Behaviour behaviour = new Behaviour(
                namespace ? NameRule.LABEL : NameRule.SUBDOMAIN, definition, !definition && !kind.equals("Lease"));
        return new Resource(
                group,
                names,
                !namespace && !definition,
                false,
                false,
                Resource.qualified(plural, group),
                behaviour,
                List.of(version));
    }
}
