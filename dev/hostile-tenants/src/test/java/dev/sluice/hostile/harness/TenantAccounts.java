package dev.sluice.hostile.harness;

import com.google.gson.JsonElement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Creates namespaces, each with an account that has the permissions of Kubernetes' role {@code edit} and Flux's role
 * {@code flux-edit}, including the status subresources. The API server runs without the controller that aggregates
 * ClusterRoles, so this class does it. On an API server without authentication, every tenant is an administrator.
 */
final class TenantAccounts {

    private static final String ACCOUNT = "tenant";
    private static final String RBAC = "rbac.authorization.k8s.io";
    private static final List<String> FLUX = List.of("source.toolkit.fluxcd.io", "source.extensions.fluxcd.io");
    private static final List<String> AGGREGATED =
            List.of("system:aggregate-to-view", "system:aggregate-to-edit", "flux-view", "flux-edit");

    /** Has the rules of all of them, like the role that the controller would make. */
    private static final String EDIT = "tenant-edit";

    private final KubeClient admin;
    private final boolean real;

    TenantAccounts(KubeClient admin, boolean real) {
        this.admin = admin;
        this.real = real;
        if (real) {
            role("flux-view", List.of("get", "list", "watch"));
            role("namespace-manager", List.of(""), "namespaces", List.of("create", "patch", "delete"));
            role("flux-edit", List.of("create", "delete", "deletecollection", "patch", "update"));
            aggregate();
        }
    }

    private void aggregate() {
        List<JsonElement> rules = new ArrayList<>();
        AGGREGATED.forEach(name -> admin.get(ResourceKind.CLUSTER_ROLE, "", name)
                .orElseThrow()
                .getAsJsonArray("rules")
                .forEach(rules::add));
        admin.apply(ResourceKind.CLUSTER_ROLE, "", EDIT, Map.of("rules", rules)).orFail();
    }

    /** Creates a role as Flux installs it. */
    private void role(String name, List<String> verbs) {
        role(name, FLUX, "*", verbs);
    }

    private void role(String name, List<String> groups, String resources, List<String> verbs) {
        Map<String, Object> rule = Map.of("apiGroups", groups, "resources", List.of(resources), "verbs", verbs);
        admin.apply(ResourceKind.CLUSTER_ROLE, "", name, Map.of("rules", List.of(rule)))
                .orFail();
    }

    /** Permits an account to manage all namespaces and their ExternalArtifacts; returns its name. */
    String permitNamespaces(String namespace) {
        if (real) {
            bindCluster(namespace, "namespace-manager");
            bindCluster(namespace, "flux-edit");
        }
        return ACCOUNT;
    }

    private void bindCluster(String namespace, String role) {
        admin.apply(ResourceKind.CLUSTER_ROLE_BINDING, "", role + "-" + namespace, binding(namespace, role))
                .orFail();
    }

    KubeClient create(String namespace) {
        admin.apply(ResourceKind.NAMESPACE, "", namespace, Map.of()).orFail();
        if (!real) {
            return admin;
        }
        admin.apply(ResourceKind.SERVICE_ACCOUNT, namespace, ACCOUNT, Map.of()).orFail();
        bind(namespace, EDIT);
        String path = ResourceKind.SERVICE_ACCOUNT.path(namespace) + "/" + ACCOUNT + "/token";
        ApiResponse token = admin.post(
                path,
                Map.of(
                        "apiVersion",
                        "authentication.k8s.io/v1",
                        "kind",
                        "TokenRequest",
                        "spec",
                        Map.of("audiences", List.of())));
        return admin.as(
                token.orFail().json().getAsJsonObject("status").get("token").getAsString());
    }

    private void bind(String namespace, String role) {
        admin.apply(ResourceKind.ROLE_BINDING, namespace, role, binding(namespace, role))
                .orFail();
    }

    private static Map<String, Object> binding(String namespace, String role) {
        return Map.of(
                "roleRef", Map.of("apiGroup", RBAC, "kind", "ClusterRole", "name", role),
                "subjects", List.of(Map.of("kind", "ServiceAccount", "name", ACCOUNT, "namespace", namespace)));
    }
}
